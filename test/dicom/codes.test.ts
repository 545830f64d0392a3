import { expect, test } from '@jest/globals';
import {
  ABNORMALITY,
  CATEGORY,
  LATERALITY,
  PROVENANCE,
  REGION,
  TOPCOW,
  VESSEL,
} from '@vessels/dicom/codes';

const ALL = [CATEGORY, VESSEL, ABNORMALITY, LATERALITY, REGION, PROVENANCE].flatMap((table) =>
  Object.values(table),
);

/** The dihedral group of a pentagon, which Verhoeff's check digit counts in. */
const multiply = (a: number, b: number) =>
  a < 5
    ? b < 5
      ? (a + b) % 5
      : 5 + ((a + b) % 5)
    : b < 5
      ? 5 + ((a - b + 5) % 5)
      : (a - b + 5) % 5;
const FIRST = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
const permute = (digit: number, times: number): number =>
  times === 0 ? digit : permute(FIRST[digit]!, times - 1);
const hasCheckDigit = (value: string) =>
  [...value].reverse().reduce((sum, d, i) => multiply(sum, permute(Number(d), i % 8)), 0) === 0;

test('the check digit finds a wrong one', () => {
  expect(hasCheckDigit('59820001')).toBe(true);
  expect(hasCheckDigit('59820011')).toBe(false);
  expect(hasCheckDigit('58920001')).toBe(false);
});

test.each(ALL.filter(({ scheme }) => scheme === 'SCT'))(
  '$value $meaning is a SNOMED CT identifier',
  (code) => {
    expect(hasCheckDigit(code.value)).toBe(true);
  },
);

test('codes fit their elements and none stands twice', () => {
  for (const { value, scheme, meaning } of ALL) {
    expect(value).toMatch(/^\d{6,16}$/);
    expect(['SCT', 'DCM']).toContain(scheme);
    expect(meaning.length).toBeLessThanOrEqual(64);
  }
  expect(new Set(ALL.map(({ scheme, value }) => scheme + value)).size).toBe(ALL.length);
});

test('TopCoW’s sides are coded as modifiers', () => {
  for (const { label, modifier } of Object.values(TOPCOW)) {
    const side = { R: LATERALITY.right, L: LATERALITY.left }[
      /^([RL])-/.exec(label)?.[1] as 'R' | 'L'
    ];
    expect(modifier).toBe(side);
  }
});
