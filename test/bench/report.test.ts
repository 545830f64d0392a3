import { describe, expect, test } from '@jest/globals';
import { logLogPlot } from '../../bench/kernels/plot';
import { markdownTable, milliseconds } from '../../bench/table';

test('milliseconds have three digits that count', () => {
  expect([0.0000456, 0.0123456, 12.3456, 123.456, null].map(milliseconds)).toEqual([
    '0.0456',
    '12.3',
    '12300',
    '123000',
    '',
  ]);
});

test('a table is Markdown whose columns stand below each other', () => {
  const columns = [
    { title: 'name', cell: ([name]: [string, number]) => name },
    { title: 'n', cell: ([, n]: [string, number]) => String(n), numbers: true },
  ];
  expect(
    markdownTable(columns, [
      ['a', 1],
      ['longer', 2345],
    ]).split('\n'),
  ).toEqual(['| name   |    n |', '| ------ | ---: |', '| a      |    1 |', '| longer | 2345 |']);
});

describe('a plot', () => {
  const line = (name: string, y: number) => ({
    name,
    dashed: false,
    points: [
      [1, y],
      [1000, y * 1.01],
    ] as const,
  });
  const svg = logLogPlot({
    title: 'a < b',
    x: 'voxels',
    y: 'milliseconds',
    series: [line('one', 100), line('two', 101), line('three', 1), line('four', 100)],
  });

  test('names its axes and escapes its texts', () => {
    expect(svg).toContain('>voxels<');
    expect(svg).toContain('>milliseconds<');
    expect(svg).toContain('>a &lt; b<');
  });

  test('has a tick at each power of ten', () => {
    const ticks = [...svg.matchAll(/text-anchor="middle">([^<]+)</g)].map(([, text]) => text);
    expect(ticks).toEqual(expect.arrayContaining(['1', '10', '100', '1000']));
  });

  test('keeps the names of lines apart that lie on each other', () => {
    const at = ['one', 'two', 'three', 'four'].map((name) =>
      Number(new RegExp(`y="([\\d.]+)">${name}<`).exec(svg)![1]),
    );
    const sorted = at.toSorted((a, b) => a - b);
    for (let i = 1; i < sorted.length; i++)
      expect(sorted[i] - sorted[i - 1]).toBeGreaterThanOrEqual(16.9);
  });
});
