import { instancesOf } from '../references';
import type { CodedConcept, NaturalDataset } from '../types';
import { uidFromSeed } from '../uid';
import { numberOf, numbersOf, textOf } from '../values';
import { MODALITY, NAME, OTHER_PROCEDURE, UNIT, VALUE } from './concepts';
import {
  codeValue,
  container,
  imageReference,
  numeric,
  personName,
  text,
  uidReference,
} from './contentItems';
import type { SrRequest } from './request';

/** Who observed: the program (TID 1004), and the person who looked at it (TID 1003). */
function observers({ software, observer }: SrRequest): NaturalDataset[] {
  const { name, version, manufacturer = name } = software;
  const person = observer
    ? [
        codeValue('HAS OBS CONTEXT', NAME.observerType, VALUE.person),
        personName('HAS OBS CONTEXT', NAME.personName, observer),
      ]
    : [];
  return [
    ...person,
    codeValue('HAS OBS CONTEXT', NAME.observerType, VALUE.device),
    // Each version of the program is one device, wherever it runs.
    uidReference('HAS OBS CONTEXT', NAME.deviceUid, uidFromSeed(`device/${name}/${version}`)),
    text('HAS OBS CONTEXT', NAME.deviceName, name),
    text('HAS OBS CONTEXT', NAME.deviceManufacturer, manufacturer),
    text('HAS OBS CONTEXT', NAME.deviceModel, name),
    text('HAS OBS CONTEXT', NAME.deviceSerial, version),
  ];
}

const modalityOf = (source: NaturalDataset) => MODALITY[textOf(source, 'Modality') ?? ''];

/** What the images share (TID 1602, 1604), as far as they say it. */
function descriptors(source: NaturalDataset, frameOfReferenceUID: string): NaturalDataset[] {
  const spacing = numbersOf(source, 'PixelSpacing', 2);
  const modality = modalityOf(source)?.modality;
  const numbers: readonly (readonly [CodedConcept, number | undefined, CodedConcept])[] = [
    [NAME.rows, numberOf(source, 'Rows'), UNIT.pixels],
    [NAME.columns, numberOf(source, 'Columns'), UNIT.pixels],
    [NAME.horizontalSpacing, spacing?.[1], UNIT.millimetre],
    [NAME.verticalSpacing, spacing?.[0], UNIT.millimetre],
    [NAME.sliceThickness, numberOf(source, 'SliceThickness'), UNIT.millimetre],
  ];
  return [
    ...(modality ? [codeValue('HAS ACQ CONTEXT', NAME.modality, modality)] : []),
    uidReference('HAS ACQ CONTEXT', NAME.frameOfReference, frameOfReferenceUID),
    ...numbers.flatMap(([name, value, unit]) =>
      value === undefined ? [] : [numeric('HAS ACQ CONTEXT', name, value, unit)],
    ),
  ];
}

/** What comes before the measurements (TID 1500 rows 2 to 5): language, observers, procedure, image library. */
export function reportContext(request: SrRequest, frameOfReferenceUID: string): NaturalDataset[] {
  const [source] = request.sources;
  return [
    codeValue('HAS CONCEPT MOD', NAME.language, VALUE.english),
    ...observers(request),
    codeValue('HAS CONCEPT MOD', NAME.procedure, modalityOf(source!)?.procedure ?? OTHER_PROCEDURE),
    container(NAME.library, [
      container(NAME.libraryGroup, [
        ...descriptors(source!, frameOfReferenceUID),
        ...instancesOf(request.sources).map((image) => imageReference(undefined, image)),
      ]),
    ]),
  ];
}
