import { elementName, entryOfKeyword, formatTag } from '../elements/dictionary';
import { DicomError } from '../errors';
import { codeOf } from '../seg/codeItems';
import type { CodedConcept, NaturalDataset } from '../types';
import { itemsOf, numberOf, textOf } from '../values';
import { sameCode } from './concepts';

/** An SR that cannot be read. @param what one clause, which follows the name of the element */
export function unusable(code: string, keyword: string, rule: string, what: string): DicomError {
  const { tag } = entryOfKeyword(keyword)!;
  return new DicomError({
    code,
    tag: formatTag(tag),
    rule,
    what: `${elementName(tag)} ${what}`,
    advice: 'write the report again, or choose another SR',
  });
}

const isItem = (value: unknown): value is NaturalDataset =>
  typeof value === 'object' && value !== null;

/** The items below a content item that have a name, and a value type where it is said. */
export const named = (
  parent: NaturalDataset,
  name: CodedConcept,
  valueType?: string,
): readonly NaturalDataset[] =>
  itemsOf(parent, 'ContentSequence').filter(
    (item) =>
      isItem(item) &&
      sameCode(codeOf(item, 'ConceptNameCodeSequence'), name) &&
      (valueType === undefined || textOf(item, 'ValueType') === valueType),
  );

/** The first such item, which must be there. @throws DicomError `sr.missing-item` */
export function need(
  parent: NaturalDataset,
  name: CodedConcept,
  valueType: string,
): NaturalDataset {
  const [item] = named(parent, name, valueType);
  if (item) return item;
  throw unusable(
    'sr.missing-item',
    'ContentSequence',
    'PS3.16 TID 1500',
    `holds no ${valueType} item (${name.value}, ${name.scheme}, "${name.meaning}") where one is needed`,
  );
}

/** The code of a CODE item. */
export const valueOf = (item: NaturalDataset | undefined): CodedConcept | undefined =>
  item && codeOf(item, 'ConceptCodeSequence');

/** The number of a NUM item in a unit. @throws DicomError `sr.number`, `sr.unit` */
export function numberIn(item: NaturalDataset, unit: CodedConcept): number {
  const [measured = {}] = itemsOf(item, 'MeasuredValueSequence');
  const value = numberOf(measured, 'FloatingPointValue') ?? numberOf(measured, 'NumericValue');
  if (value === undefined)
    throw unusable('sr.number', 'NumericValue', 'PS3.3 C.18.1', 'of a measurement is no number');
  if (!sameCode(codeOf(measured, 'MeasurementUnitsCodeSequence'), unit))
    throw unusable(
      'sr.unit',
      'MeasurementUnitsCodeSequence',
      'PS3.3 C.18.1',
      `of a measurement is not ${unit.value}`,
    );
  return value;
}

/** The text or UID of an item. @throws DicomError `sr.missing-value` */
export function textIn(item: NaturalDataset, keyword: string): string {
  const value = textOf(item, keyword);
  if (value !== undefined) return value;
  throw unusable('sr.missing-value', keyword, 'PS3.3 C.17.3', 'of a content item is missing');
}
