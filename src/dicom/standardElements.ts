import { entryOfKeyword } from './elements/dictionary';
import type { NaturalDataset } from './types';
import { itemsOf } from './values';

/**
 * The elements of a data set that have a keyword, in sequences too: what may be copied into another object. Private
 * elements and whatever else a viewer keeps on the data set are left out.
 */
export function standardElements(
  dataset: NaturalDataset,
  keywords: readonly string[] = Object.keys(dataset),
): NaturalDataset {
  const copy: Record<string, unknown> = {};
  for (const keyword of keywords) {
    const value = dataset[keyword];
    const vr = entryOfKeyword(keyword)?.vr;
    if (value === undefined || !vr) continue;
    copy[keyword] =
      vr === 'SQ' && value !== null
        ? itemsOf(dataset, keyword).map((item) => standardElements(item))
        : value;
  }
  return copy;
}
