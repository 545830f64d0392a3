import { describe, expect, test } from '@jest/globals';
import { clipToSlab } from '@vessels/tools/slab';
import fc from 'fast-check';

/** z from −1 to 1. */
const slab = { point: [0, 0, 5], normal: [0, 0, 1], half: 1 } as const;
const at = (...heights: number[]) => heights.flatMap((z, x) => [x, 0, 5 + z]);

describe('clipToSlab', () => {
  test('keeps a line inside as it is', () => {
    expect(clipToSlab(at(0, 0.5, -1), slab)).toEqual([at(0, 0.5, -1)]);
  });

  test('drops a line on one side', () => {
    expect(clipToSlab(at(2, 3, 1.5), slab)).toEqual([]);
    expect(clipToSlab(at(-2, -3), slab)).toEqual([]);
  });

  test('cuts where the line enters and leaves', () => {
    expect(clipToSlab(at(3, -1, -3), slab)).toEqual([[0.5, 0, 6, 1, 0, 4]]);
  });

  test('cuts one segment that crosses the whole slab', () => {
    expect(clipToSlab(at(-2, 2), slab)).toEqual([[0.25, 0, 4, 0.75, 0, 6]]);
  });

  test('makes one part per visit', () => {
    const parts = clipToSlab(at(0, 2, 0, -2, 0), slab);
    expect(parts).toEqual([
      [0, 0, 5, 0.5, 0, 6],
      [1.5, 0, 6, 2, 0, 5, 2.5, 0, 4],
      [3.5, 0, 4, 4, 0, 5],
    ]);
  });

  test('a line along the side counts as inside', () => {
    expect(clipToSlab(at(1, 1, 1), slab)).toEqual([at(1, 1, 1)]);
  });

  test('one point or none is no line', () => {
    expect(clipToSlab([], slab)).toEqual([]);
    expect(clipToSlab(at(0), slab)).toEqual([]);
  });

  test('the parts lie in the slab and hold every point of the line that does', () => {
    const points = fc.array(fc.tuple(...[0, 1, 2].map(() => fc.integer({ min: -9, max: 9 }))), {
      minLength: 2,
      maxLength: 12,
    });
    const normal = [0.6, 0, 0.8] as const;
    const height = (x: number, z: number) => 0.6 * x + 0.8 * z;
    fc.assert(
      fc.property(points, fc.integer({ min: 1, max: 6 }), (line, half) => {
        const parts = clipToSlab(line.flat(), { point: [0, 0, 0], normal, half });
        const clipped = parts.flatMap((part) =>
          Array.from({ length: part.length / 3 }, (_, i) => part.slice(3 * i, 3 * i + 3)),
        );
        for (const [x, , z] of clipped) expect(Math.abs(height(x!, z!))).toBeLessThan(half + 1e-9);
        for (const [x, y, z] of line)
          if (Math.abs(height(x!, z!)) < half - 1e-9) expect(clipped).toContainEqual([x, y, z]);
      }),
    );
  });
});
