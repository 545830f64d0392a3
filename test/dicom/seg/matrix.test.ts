import { describe, expect, test } from '@jest/globals';
import {
  ARRANGEMENTS,
  type Combination,
  CONTENTS,
  differenceFromWritten,
  everything,
  FORMS,
  pairs,
  SIZES,
  sourceOf,
  writeCombination,
} from '../../helpers/segMatrix';

test('there are 1,050 combinations, and every pair of levels stands in the short list', () => {
  expect(everything()).toHaveLength(5 * 6 * 5 * 7);
  const list = pairs();
  expect(list.length).toBeLessThan(60);
  const factors = [SIZES, ARRANGEMENTS, CONTENTS, FORMS];
  const rows = list.map(({ size, arrangement, content, form }) => [
    size,
    arrangement,
    content,
    form,
  ]) as string[][];
  factors.forEach((first, f) =>
    factors.slice(f + 1).forEach((second, offset) => {
      const found = new Set(rows.map((row) => `${row[f]} ${row[f + 1 + offset]}`));
      expect(found.size).toBe(first.length * second.length);
    }),
  );
});

/** Images of scanners take long; the conformance run has them. */
const isSmall = ({ size }: Combination) => !size.startsWith('51');

describe('what is written is read', () => {
  test.each(pairs().filter(isSmall))('$size, $arrangement, $content, $form', (one) => {
    const written = writeCombination(one, sourceOf(one));
    expect(differenceFromWritten(one, written)).toBeNull();
  });
});
