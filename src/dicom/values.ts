import type { NaturalDataset } from './types';

/**
 * Values of an element as a list: naturalised data sets hold one value bare, several as an array, and some servers
 * send them as one string with backslashes. Empty values are left out.
 */
export function valuesOf(dataset: NaturalDataset, keyword: string): unknown[] {
  const value = dataset[keyword];
  const values = typeof value === 'string' ? value.split('\\') : [value].flat();
  return values.filter((one) => one !== undefined && one !== null && one !== '');
}

/** Numbers of an element, or undefined when there are fewer than `count` or one is no finite number. */
export function numbersOf(
  dataset: NaturalDataset,
  keyword: string,
  count = 1,
): readonly number[] | undefined {
  const numbers = valuesOf(dataset, keyword).map(Number);
  return numbers.length >= count && numbers.every(Number.isFinite) ? numbers : undefined;
}

/** The first number of an element. */
export const numberOf = (dataset: NaturalDataset, keyword: string): number | undefined =>
  numbersOf(dataset, keyword)?.[0];

/** The first value of an element as text; backslashes belong to it. */
export function textOf(dataset: NaturalDataset, keyword: string): string | undefined {
  const [first] = [dataset[keyword]].flat();
  return first === undefined || first === null || first === '' ? undefined : String(first);
}

/** Items of a sequence; none when it is absent. */
export const itemsOf = (dataset: NaturalDataset, keyword: string): readonly NaturalDataset[] =>
  valuesOf(dataset, keyword) as NaturalDataset[];
