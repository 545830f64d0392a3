import fs from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { EMPTY_SCORES } from '@vessels/metrics/emptyPolicy';
import { METRIC_PRESETS } from '@vessels/metrics/presets';

const DOCUMENT = fs.readFileSync('docs/metrics.md', 'utf8');

/** The rows of the tables in the document whose head holds a text, cell by cell. */
function tableWith(text: string): string[][] {
  const lines = DOCUMENT.split('\n');
  const head = lines.findIndex((line) => line.startsWith('|') && line.includes(text));
  const length = lines.slice(head).findIndex((line) => !line.startsWith('|'));
  return lines.slice(head, head + length).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const code = (name: string) => `\`${name}\``;

describe('docs/metrics.md tells what the code holds', () => {
  test('presets', () => {
    const [head, , ...rows] = tableWith('`METRIC_PRESETS`');
    const presets = Object.entries(METRIC_PRESETS);
    expect(head.slice(1)).toEqual(presets.map(([name]) => code(name)));
    expect(rows).toEqual(
      Object.keys(METRIC_PRESETS.safe).map((key) => [
        code(key),
        ...presets.map(([, preset]) => String(preset[key as keyof typeof preset])),
      ]),
    );
  });

  test('scores of empty masks', () => {
    const [head, , ...rows] = tableWith('`EMPTY_SCORES`');
    const policies = Object.entries(EMPTY_SCORES);
    expect(head.slice(3)).toEqual(policies.map(([name]) => code(name)));
    expect(rows.map((cells) => cells.slice(2))).toEqual(
      Object.keys(EMPTY_SCORES.agreement).map((key) => [
        code(key),
        ...policies.map(([, policy]) => String(policy[key as keyof typeof policy])),
      ]),
    );
  });
});

test('presets and policies cannot be changed', () => {
  for (const table of [METRIC_PRESETS, EMPTY_SCORES])
    for (const each of [table, ...Object.values(table)]) expect(Object.isFrozen(each)).toBe(true);
});
