import type { CodedConcept, NaturalDataset } from '../types';
import { itemsOf, textOf } from '../values';

/** A code as the one item of a code sequence (PS3.3 8.8). */
export const codeItem = ({ value, scheme, meaning }: CodedConcept): NaturalDataset => ({
  CodeValue: value,
  CodingSchemeDesignator: scheme,
  CodeMeaning: meaning,
});

/** The first code of a sequence. */
export function codeOf(dataset: NaturalDataset, keyword: string): CodedConcept | undefined {
  const [item] = itemsOf(dataset, keyword);
  const value = item && (textOf(item, 'CodeValue') ?? textOf(item, 'LongCodeValue'));
  if (!item || !value) return undefined;
  return {
    value,
    scheme: textOf(item, 'CodingSchemeDesignator') ?? '',
    meaning: textOf(item, 'CodeMeaning') ?? '',
  };
}
