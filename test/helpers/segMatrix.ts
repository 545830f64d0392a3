import { isDeepStrictEqual } from 'node:util';
import { CATEGORY, LATERALITY, TOPCOW, VESSEL } from '@vessels/dicom/codes';
import { imageSeriesDatasets } from '@vessels/dicom/imageSeries';
import { imageFrames } from '@vessels/dicom/multiframe';
import { openSeg, placeSeg, writeSeg, type SegObject, type SegRequest } from '@vessels/dicom/seg';
import { seriesGeometry } from '@vessels/dicom/seriesGeometry';
import type { NaturalDataset, SegmentDescription } from '@vessels/dicom/types';
import { type Geometry, type Vec3, voxelCount } from '@vessels/volume/geometry';
import { ATTRIBUTES, gridOf, ORIENTATIONS } from './dicomSeries';
import { multiframe } from './multiframe';
import { pairwise } from './pairwise';
import { scattered } from './segRequests';

/** Rows and columns: one pixel, sizes whose bits straddle bytes, and those of scanners. */
export const SIZES = ['1×1', '7×9', '10×10', '510×510', '512×512'] as const;

/** How the source lies and in which order it comes. */
export const ARRANGEMENTS = [
  'ascending',
  'descending',
  'shuffled',
  'sagittal',
  'oblique',
  'multiframe',
] as const;

export const CONTENTS = [
  '1 segment',
  '2 segments',
  '13 segments',
  'one empty',
  'all empty',
] as const;

export const FORMS = [
  'BINARY LE',
  'LABELMAP8 LE',
  'LABELMAP8 RLE',
  'LABELMAP16 LE',
  'LABELMAP16 RLE',
  'FRACTIONAL LE',
  'FRACTIONAL RLE',
] as const;

/** One combination. */
export interface Combination {
  readonly size: (typeof SIZES)[number];
  readonly arrangement: (typeof ARRANGEMENTS)[number];
  readonly content: (typeof CONTENTS)[number];
  readonly form: (typeof FORMS)[number];
}

const FACTORS = [SIZES, ARRANGEMENTS, CONTENTS, FORMS] as const;

const combination = ([s, a, c, f]: readonly number[]): Combination => ({
  size: SIZES[s!]!,
  arrangement: ARRANGEMENTS[a!]!,
  content: CONTENTS[c!]!,
  form: FORMS[f!]!,
});

/** All 1,050 combinations. */
export const everything = (): Combination[] =>
  FACTORS.reduce<number[][]>(
    (rows, factor) => rows.flatMap((row) => [...factor.keys()].map((level) => [...row, level])),
    [[]],
  ).map(combination);

/** Combinations in which each pair of levels stands at least once. */
export const pairs = (): Combination[] =>
  pairwise(FACTORS.map(({ length }) => length)).map(combination);

/** Enough slices that every segment of the smallest image can have a voxel. */
const slicesOf = (pixels: number) => (pixels === 1 ? 16 : pixels < 1000 ? 6 : 4);

/** A shuffle of 0 … n − 1, always the same. */
const shuffled = (n: number) =>
  Array.from({ length: n }, (_, i) => i).sort((a, b) => scattered(7 * a) - scattered(7 * b));

const numbersFrom = (slices: readonly NaturalDataset[], order: readonly number[]) =>
  order.map((k, i) => ({ ...slices[k]!, InstanceNumber: i + 1 }));

/** What a viewer would get of the series, in the order in which it would get it. */
function instancesOf(arrangement: Combination['arrangement'], grid: Geometry): NaturalDataset[] {
  // what the pixels show does not matter
  const data = new Int16Array(voxelCount(grid));
  const slices = imageSeriesDatasets({ geometry: grid, data }, ATTRIBUTES);
  const ascending = [...slices.keys()];
  if (arrangement === 'multiframe') return [multiframe(slices, shuffled(slices.length))];
  if (arrangement === 'descending') return numbersFrom(slices, ascending.reverse());
  return numbersFrom(slices, arrangement === 'shuffled' ? shuffled(slices.length) : ascending);
}

/** A series of the matrix as the writer gets it. */
export function sourceOf({ size, arrangement }: Pick<Combination, 'size' | 'arrangement'>): {
  geometry: Geometry;
  sources: readonly NaturalDataset[];
} {
  const [rows, columns] = size.split('×').map(Number) as [number, number];
  const dims: Vec3 = [columns, rows, slicesOf(rows * columns)];
  const orientation =
    arrangement === 'sagittal' || arrangement === 'oblique'
      ? ORIENTATIONS[arrangement]
      : ORIENTATIONS.axial;
  const frames = imageFrames(instancesOf(arrangement, gridOf(dims, orientation)));
  const { geometry, order } = seriesGeometry(frames);
  return { geometry, sources: order.map((place) => frames[place]!) };
}

const ALGORITHM = {
  name: 'Vessel net',
  version: '1.2.0',
  parameters: `model sha256 ${'0a'.repeat(32)}`,
  source: 'ohif-vessels',
};
const COUNTS = {
  '1 segment': 1,
  '2 segments': 2,
  '13 segments': 13,
  'one empty': 3,
  'all empty': 2,
};

/** Segments as they come in practice: vessels of TopCoW, some edited, one drawn, each with a tracking id. */
function segmentsOf({ content, form }: Combination): SegmentDescription[] {
  const vessels = Object.values(TOPCOW);
  return Array.from({ length: COUNTS[content] }, (_, i) => {
    const { label, type, modifier } = vessels[i]!;
    const algorithmType = (['AUTOMATIC', 'SEMIAUTOMATIC', 'MANUAL'] as const)[i % 3]!;
    return {
      number: form.startsWith('LABELMAP16') ? 300 * (i + 1) : i + 1,
      label,
      category: CATEGORY.anatomicalStructure,
      type: i === 0 ? VESSEL.lumen : type,
      ...(i === 0 ? { modifier: LATERALITY.left } : modifier && { modifier }),
      algorithmType,
      color: '#d03c3c',
      ...(algorithmType !== 'MANUAL' && { algorithm: ALGORITHM }),
      tracking: { id: `vessel ${i + 1}`, uid: `1.2.826.0.1.77.${i + 1}` },
    };
  });
}

/** Of each voxel the place of its segment, from 0, or −1: slices 0 and 2 have none, nor has the segment that is empty. */
function placesOf({ content }: Combination, [nx, ny, nz]: Vec3): Int8Array {
  const size = nx * ny;
  const places = new Int8Array(size * nz).fill(-1);
  if (content === 'all empty') return places;
  const count = COUNTS[content];
  // in large images runs of pixels are alike, as in vessels
  const run = size > 1000 ? 16 : 1;
  for (let i = 0; i < places.length; i++) {
    const k = Math.floor(i / size);
    if (k === 0 || k === 2) continue;
    const place = size === 1 ? k - (k > 2 ? 2 : 1) : scattered(Math.floor(i / run)) % (count + 2);
    if (place < count && !(content === 'one empty' && place === 1)) places[i] = place;
  }
  return places;
}

/** What is written, and what must be read. */
export interface MatrixCase {
  readonly geometry: Geometry;
  readonly sources: readonly NaturalDataset[];
  readonly segments: readonly SegmentDescription[];
  /** For each segment what each voxel holds: 0 or 1, or of FRACTIONAL 0..255. */
  readonly expected: readonly Uint8Array[];
  readonly seg: SegObject;
}

/** Masks or probabilities of the segments. In a BINARY object of two segments these overlap. */
function arraysOf(one: Combination, segments: readonly SegmentDescription[], dims: Vec3) {
  const isFractional = one.form.startsWith('FRACTIONAL');
  const places = placesOf(one, dims);
  const masks = segments.map(() => new Uint8Array(places.length));
  for (let i = 0; i < places.length; i++) {
    const place = places[i]!;
    if (place >= 0) masks[place]![i] = isFractional ? 1 + (scattered(i + place) % 255) : 1;
  }
  if (one.form === 'BINARY LE' && one.content === '2 segments')
    for (let i = 0; i < places.length; i += 3) masks[1]![i]! |= masks[0]![i]!;
  return masks;
}

/** A probability map that is stored as these fractions. */
function mapOf(fractions: Uint8Array): Float32Array {
  const map = new Float32Array(fractions);
  for (let i = 0; i < map.length; i++) map[i]! /= 255;
  return map;
}

/** The inverse of {@link mapOf}. */
function fractionsIn(map: Float32Array): Uint8Array {
  const fractions = new Uint8Array(map.length);
  for (let i = 0; i < map.length; i++) fractions[i] = Math.round(255 * map[i]!);
  return fractions;
}

function requestOf(
  { form }: Combination,
  common: Pick<SegRequest, 'geometry' | 'sources' | 'segments'>,
  expected: readonly Uint8Array[],
): SegRequest {
  const shared = {
    ...common,
    software: { name: 'ohif-vessels', version: '0.1.0' },
    compression: form.endsWith('RLE') ? ('rle' as const) : ('native' as const),
  };
  if (form === 'BINARY LE') return { ...shared, kind: 'BINARY', masks: expected };
  if (form.startsWith('FRACTIONAL'))
    return {
      ...shared,
      kind: 'FRACTIONAL',
      probabilities: expected.map((fractions, s) => (s % 2 ? mapOf(fractions) : fractions)),
    };
  const wide = form.startsWith('LABELMAP16');
  const labelmap = wide
    ? new Uint16Array(expected[0]!.length)
    : new Uint8Array(expected[0]!.length);
  expected.forEach((mask, s) => {
    const { number } = common.segments[s]!;
    for (let i = 0; i < mask.length; i++) if (mask[i]) labelmap[i] = number;
  });
  return { ...shared, kind: 'LABELMAP', labelmap, bits: wide ? 16 : 8 };
}

/** Write a combination. @param source of its size and arrangement */
export function writeCombination(
  one: Combination,
  { geometry, sources }: ReturnType<typeof sourceOf>,
): MatrixCase {
  const segments = segmentsOf(one);
  const expected = arraysOf(one, segments, geometry.dims);
  const seg = writeSeg(requestOf(one, { geometry, sources, segments }, expected));
  return { geometry, sources, segments, expected, seg };
}

/** What our own reader finds other than it was written; null where nothing. */
export function differenceFromWritten(
  { form }: Combination,
  { geometry, sources, segments, expected, seg }: MatrixCase,
): string | null {
  const placed = placeSeg(openSeg(seg.bytes), { geometry, sources });
  if (placed.notes.length > 0) return placed.notes[0]!;
  if (!isDeepStrictEqual(placed.segments, segments)) return 'the descriptions differ';
  const isFractional = form.startsWith('FRACTIONAL');
  const odd = segments.find(({ number }, s) => {
    const found = isFractional ? fractionsIn(placed.probability(number)) : placed.mask(number);
    return !Buffer.from(found).equals(expected[s]!);
  });
  return odd ? `voxels of segment ${odd.number} differ` : null;
}
