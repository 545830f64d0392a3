import dcmjs from 'dcmjs';
import { InputError } from '../../volume/errors';
import { ALGORITHM_FAMILY, CATEGORY, VESSEL } from '../codes';
import { tagName } from '../tags';
import type { NaturalDataset, SegmentDescription } from '../types';
import { itemsOf, numberOf, numbersOf, textOf } from '../values';
import { codeItem, codeOf } from './codeItems';

const { Colors } = dcmjs.data;

/** A Long String holds 64 characters (PS3.5 6.2). */
export const longString = (text: string): string => text.slice(0, 64);

const toLab = (color: string): number[] =>
  Colors.rgb2DICOMLAB([1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16) / 255)).map(
    Math.round,
  );

const toHex = (lab: readonly number[]): string =>
  `#${Colors.dicomlab2RGB(lab)
    .map((part) => Math.round(255 * Math.min(1, Math.max(0, part))))
    .map((part) => part.toString(16).padStart(2, '0'))
    .join('')}`;

/** Colour of a segment that does not name one. */
const DEFAULT_COLOR = '#d03c3c';

/** The item of the background of a label map; what is in the pixels must be described (PS3.3 C.8.20.2.3). */
const backgroundItem = (segment: SegmentDescription): NaturalDataset => ({
  SegmentNumber: 0,
  SegmentLabel: 'Background',
  SegmentedPropertyCategoryCodeSequence: [codeItem(CATEGORY.background)],
  SegmentedPropertyTypeCodeSequence: [codeItem(CATEGORY.background)],
  SegmentAlgorithmType: segment.algorithmType,
  SegmentAlgorithmName: segment.algorithm && longString(segment.algorithm.name),
  RecommendedDisplayCIELabValue: toLab('#000000'),
});

/** A UID (PS3.5 9.1). */
const UID = /^(?=.{1,64}$)(0|[1-9]\d*)(\.(0|[1-9]\d*))+$/;

function segmentItem(segment: SegmentDescription): NaturalDataset {
  const { algorithm, algorithmType, anatomicRegion, modifier, tracking } = segment;
  if (tracking && !(tracking.id && UID.test(tracking.uid)))
    throw new InputError(
      'seg.tracking',
      `Segment ${segment.number} needs both ${tagName('TrackingID')} and ${tagName('TrackingUID')}, the second a valid UID, or none of them.`,
    );
  if (algorithmType !== 'MANUAL' && !algorithm)
    throw new InputError(
      'seg.algorithm',
      `Segment ${segment.number} is ${algorithmType} but names no algorithm; say which one made it.`,
    );
  return {
    SegmentNumber: segment.number,
    SegmentLabel: longString(segment.label),
    SegmentedPropertyCategoryCodeSequence: [codeItem(segment.category)],
    SegmentedPropertyTypeCodeSequence: [
      {
        ...codeItem(segment.type),
        SegmentedPropertyTypeModifierCodeSequence: modifier && [codeItem(modifier)],
      },
    ],
    AnatomicRegionSequence: anatomicRegion && [codeItem(anatomicRegion)],
    SegmentAlgorithmType: algorithmType,
    SegmentAlgorithmName: algorithm && longString(algorithm.name),
    SegmentationAlgorithmIdentificationSequence: algorithm && [
      {
        AlgorithmFamilyCodeSequence: [
          codeItem(algorithm.family ?? ALGORITHM_FAMILY.artificialIntelligence),
        ],
        AlgorithmName: longString(algorithm.name),
        AlgorithmVersion: longString(algorithm.version),
        AlgorithmParameters: algorithm.parameters,
        AlgorithmSource: algorithm.source && longString(algorithm.source),
      },
    ],
    RecommendedDisplayCIELabValue: toLab(segment.color),
    TrackingID: tracking?.id,
    TrackingUID: tracking?.uid,
  };
}

/**
 * Segment Sequence (PS3.3 C.8.20.2). The background of a label map comes last: its order has no meaning, and OHIF
 * gives the first item's colour to segment 1.
 *
 * @throws InputError `seg.algorithm`, `seg.tracking`
 */
export const segmentItems = (
  segments: readonly SegmentDescription[],
  withBackground: boolean,
): NaturalDataset[] => [
  ...segments.map(segmentItem),
  ...(withBackground ? [backgroundItem(segments[0]!)] : []),
];

const ALGORITHM_TYPES = ['AUTOMATIC', 'SEMIAUTOMATIC', 'MANUAL'] as const;

function parseAlgorithm(item: NaturalDataset): SegmentDescription['algorithm'] {
  const [algorithm = {}] = itemsOf(item, 'SegmentationAlgorithmIdentificationSequence');
  const name = textOf(algorithm, 'AlgorithmName') ?? textOf(item, 'SegmentAlgorithmName');
  if (name === undefined) return undefined;
  const source = textOf(algorithm, 'AlgorithmSource');
  const family = codeOf(algorithm, 'AlgorithmFamilyCodeSequence');
  const isUsual = family?.value === ALGORITHM_FAMILY.artificialIntelligence.value;
  return {
    name,
    version: textOf(algorithm, 'AlgorithmVersion') ?? '',
    parameters: textOf(algorithm, 'AlgorithmParameters') ?? '',
    ...(source && { source }),
    ...(family && !isUsual && { family }),
  };
}

/** What a SEG says of one of its segments; `number` becomes its voxel value. */
export function parseSegment(item: NaturalDataset, number: number): SegmentDescription {
  const algorithm = parseAlgorithm(item);
  const algorithmType = textOf(item, 'SegmentAlgorithmType');
  const [type] = itemsOf(item, 'SegmentedPropertyTypeCodeSequence');
  const modifier = type && codeOf(type, 'SegmentedPropertyTypeModifierCodeSequence');
  const anatomicRegion = codeOf(item, 'AnatomicRegionSequence');
  const lab = numbersOf(item, 'RecommendedDisplayCIELabValue', 3);
  const [id, uid] = [textOf(item, 'TrackingID'), textOf(item, 'TrackingUID')];
  return {
    number,
    label: textOf(item, 'SegmentLabel') ?? `Segment ${numberOf(item, 'SegmentNumber')}`,
    category: codeOf(item, 'SegmentedPropertyCategoryCodeSequence') ?? CATEGORY.anatomicalStructure,
    type: codeOf(item, 'SegmentedPropertyTypeCodeSequence') ?? VESSEL.bloodVessel,
    algorithmType: ALGORITHM_TYPES.find((known) => known === algorithmType) ?? 'MANUAL',
    color: lab ? toHex(lab) : DEFAULT_COLOR,
    ...(modifier && { modifier }),
    ...(anatomicRegion && { anatomicRegion }),
    ...(algorithm && { algorithm }),
    ...(id && uid && { tracking: { id, uid } }),
  };
}
