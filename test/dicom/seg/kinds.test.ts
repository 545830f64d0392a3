import { describe, expect, test } from '@jest/globals';
import { ALGORITHM_FAMILY } from '@vessels/dicom/codes';
import { decodePart10 } from '@vessels/dicom/part10';
import { openSeg, placeSeg, writeSeg, type SegRequest } from '@vessels/dicom/seg';
import { SOP_CLASS, TRANSFER_SYNTAX } from '@vessels/dicom/syntaxes';
import type { SegmentDescription } from '@vessels/dicom/types';
import { itemsOf } from '@vessels/dicom/values';
import type { Vec3 } from '@vessels/volume/geometry';
import { gridOf } from '../../helpers/dicomSeries';
import { refusal } from '../../helpers/refusal';
import { commonOn, maskOf, masksOf, requestOn, scattered } from '../../helpers/segRequests';
import { ANEURYSM, LEFT_ICA, VESSELS } from '../../helpers/segments';

const DIMS: Vec3 = [7, 9, 5];
const GRID = gridOf(DIMS);
const COUNT = 7 * 9 * 5;
const THREE = [VESSELS, LEFT_ICA, ANEURYSM];

/** Writes a SEG and reads it back. */
function roundTrip(request: SegRequest) {
  const { bytes, transferSyntaxUID, sopClassUID } = writeSeg(request);
  const { dataset, pixelData } = decodePart10(bytes);
  const seg = openSeg(bytes);
  return {
    dataset,
    pixelData: pixelData!,
    seg,
    placed: placeSeg(seg, { geometry: GRID }),
    transferSyntaxUID,
    sopClassUID,
  };
}

describe('a label map of 16 bits', () => {
  const segments: SegmentDescription[] = [
    { ...VESSELS, number: 300 },
    { ...LEFT_ICA, number: 65535 },
  ];
  const labelmap = Uint16Array.from(maskOf(DIMS, [1, 2]), (value) => [0, 300, 65535][value]!);
  const request = { ...commonOn(GRID), kind: 'LABELMAP' as const, labelmap, segments };

  test.each(['rle', 'native'] as const)(
    '%s comes back, numbers above 255 included',
    (compression) => {
      const { dataset, placed } = roundTrip({ ...request, compression });
      expect(dataset).toMatchObject({
        BitsAllocated: 16,
        BitsStored: 16,
        HighBit: 15,
        PixelPaddingValue: 0,
        SegmentSequence: [{ SegmentNumber: 300 }, { SegmentNumber: 65535 }, { SegmentNumber: 0 }],
      });
      const out = new Uint16Array(COUNT);
      expect(placed.paint(out, (number) => number)).toBe(0);
      expect([...out]).toEqual([...labelmap]);
      expect(placed.segments).toEqual(segments);
    },
  );

  test('is also what small numbers become on request', () => {
    const { dataset, placed } = roundTrip({ ...requestOn(DIMS), bits: 16 });
    expect(dataset.BitsAllocated).toBe(16);
    expect([...placed.mask(1)]).toEqual([...maskOf(DIMS, [1])]);
  });
});

describe('probability maps', () => {
  /** Probabilities in steps of 1/255, so that they are stored without loss; slice 1 of the second is empty. */
  const stored = [0, 1].map((s) =>
    Uint8Array.from({ length: COUNT }, (_, i) =>
      (s === 1 && Math.floor(i / 63) === 1) || i < 63 ? 0 : scattered(i + s) & 255,
    ),
  );
  const floats = stored.map((map) => Float32Array.from(map, (value) => value / 255));
  const segments = [VESSELS, LEFT_ICA];
  const request = { ...commonOn(GRID), kind: 'FRACTIONAL' as const, segments };

  test.each([
    ['bytes', stored, 'rle'],
    ['bytes', stored, 'native'],
    ['floats', floats, 'rle'],
    ['floats', floats, 'native'],
  ] as const)('of %s, %s %s, come back', (_, probabilities, compression) => {
    const { dataset, placed, seg, transferSyntaxUID, sopClassUID } = roundTrip({
      ...request,
      probabilities,
      compression,
    });
    expect(dataset).toMatchObject({
      SegmentationType: 'FRACTIONAL',
      SegmentationFractionalType: 'PROBABILITY',
      MaximumFractionalValue: 255,
      BitsAllocated: 8,
      SegmentsOverlap: 'YES',
    });
    expect(sopClassUID).toBe(SOP_CLASS.segmentation);
    expect(transferSyntaxUID).toBe(
      compression === 'rle' ? TRANSFER_SYNTAX.rleLossless : TRANSFER_SYNTAX.explicitLittleEndian,
    );
    // the first segment on slices 1 to 4, the second on 2 to 4
    expect(seg.frames.map(({ segment }) => segment)).toEqual([1, 1, 1, 1, 2, 2, 2]);
    [1, 2].forEach((number, s) => expect([...placed.probability(number)]).toEqual([...floats[s]!]));
    expect([...placed.mask(1)]).toEqual([...stored[0]!].map((value) => (value >= 127.5 ? 1 : 0)));
    expect(placed.segments).toEqual(segments);
  });

  test('floats are rounded to the nearest step, and a little beyond 0..1 is rounding', () => {
    const map = new Float32Array(COUNT);
    map.set([-1e-5, 0.0019, 0.002, 0.5, 0.9981, 1.00001]);
    const { seg } = roundTrip({ ...request, segments: [VESSELS], probabilities: [map] });
    // 0.0019 · 255 = 0.48; 0.002 · 255 = 0.51
    expect([...seg.pixels(0)].slice(0, 6)).toEqual([0, 0, 1, 128, 255, 255]);
  });

  test.each([NaN, -0.1, 1.5, Infinity])('%d is no probability', (value) => {
    const map = new Float32Array(COUNT).fill(value, 77, 78);
    const error = refusal(() =>
      writeSeg({ ...request, probabilities: [new Float32Array(COUNT), map] }),
    );
    expect(error.code).toBe('seg.probability');
    expect(error.message).toMatch(/segment 2 .* voxel 77/);
  });

  test('there must be one for each segment', () => {
    expect(() => writeSeg({ ...request, probabilities: [stored[0]!] })).toThrow(
      /2 segments, but there are 1/,
    );
    expect(() =>
      writeSeg({ ...request, probabilities: [stored[0]!, stored[1]!.subarray(1)] }),
    ).toThrow(/mask of segment 2 has 314 voxels/);
  });
});

describe('masks of segments', () => {
  const apart = masksOf(maskOf(DIMS, [1, 2]), [VESSELS, LEFT_ICA]);
  const request = {
    ...commonOn(GRID),
    kind: 'BINARY' as const,
    segments: [VESSELS, LEFT_ICA],
  };

  test('that overlap are kept whole', () => {
    const masks = [apart[0]!, apart[1]!.map((value, i) => (i % 3 ? value : apart[0]![i]!))];
    const { dataset, placed } = roundTrip({ ...request, masks });
    expect(dataset.SegmentsOverlap).toBe('YES');
    [1, 2].forEach((number, s) => expect([...placed.mask(number)]).toEqual([...masks[s]!]));
  });

  test('that do not, are the same object as a labelmap of them', () => {
    const labelled = writeSeg({
      ...requestOn(DIMS),
      ...request,
      labelmap: maskOf(DIMS, [1, 2]),
      seed: 'a',
    });
    const masked = writeSeg({ ...request, masks: apart, seed: 'a' });
    expect(Buffer.from(masked.bytes).equals(Buffer.from(labelled.bytes))).toBe(true);
    expect(decodePart10(masked.bytes).dataset.SegmentsOverlap).toBe('NO');
  });
});

describe('where nothing is segmented', () => {
  const common = { ...commonOn(GRID), segments: THREE };
  const empty = new Uint8Array(COUNT);
  test.each<[string, SegRequest]>([
    ['BINARY', { ...common, kind: 'BINARY', labelmap: empty }],
    ['BINARY of masks', { ...common, kind: 'BINARY', masks: [empty, empty, empty] }],
    ['LABELMAP', { ...common, kind: 'LABELMAP', labelmap: empty }],
    ['LABELMAP of 16 bits', { ...common, kind: 'LABELMAP', labelmap: empty, bits: 16 }],
    ['FRACTIONAL', { ...common, kind: 'FRACTIONAL', probabilities: [empty, empty, empty] }],
  ])('%s is an object of one frame with all descriptions', (_, request) => {
    const { dataset, placed } = roundTrip(request);
    expect(dataset).toMatchObject({ NumberOfFrames: 1, SegmentsOverlap: 'NO' });
    expect(placed.segments).toEqual(THREE);
    for (const { number } of THREE) expect(placed.mask(number).includes(1)).toBe(false);
    expect(placed.notes).toEqual([]);
  });
});

test('an algorithm names its source and family', () => {
  const algorithm = {
    name: 'Threshold',
    version: '2',
    parameters: 'above 200',
    source: 'Clinic',
    family: ALGORITHM_FAMILY.histogram,
  };
  const { dataset, placed } = roundTrip({
    ...requestOn(DIMS),
    segments: [{ ...VESSELS, algorithm }],
  });
  expect(placed.segments[0]!.algorithm).toEqual(algorithm);
  const [segment] = itemsOf(dataset, 'SegmentSequence');
  expect(segment).toMatchObject({
    SegmentationAlgorithmIdentificationSequence: [
      { AlgorithmFamilyCodeSequence: [{ CodeValue: '123105' }], AlgorithmSource: 'Clinic' },
    ],
  });
});

describe('frames of a multi-frame image as sources', () => {
  const { sources, ...rest } = requestOn(DIMS);
  const uid = String(sources[0]!.SOPInstanceUID);
  // stored in the order 3, 1, 5, 2, 4
  const numbers = [3, 1, 5, 2, 4];
  const frames = sources.map((source, k) => ({
    ...source,
    SOPInstanceUID: uid,
    ReferencedFrameNumber: numbers[k],
  }));

  test('are referred to by number, their instance once', () => {
    const { dataset } = roundTrip({ ...rest, sources: frames });
    const [series] = itemsOf(dataset, 'ReferencedSeriesSequence');
    expect(itemsOf(series!, 'ReferencedInstanceSequence')).toMatchObject([
      { ReferencedSOPInstanceUID: uid },
    ]);
    expect(
      itemsOf(dataset, 'PerFrameFunctionalGroupsSequence').map((frame) => {
        const [derivation] = itemsOf(frame, 'DerivationImageSequence');
        return itemsOf(derivation!, 'SourceImageSequence')[0]!.ReferencedFrameNumber;
      }),
    ).toEqual([1, 2, 4]);
  });
});

test('private elements of the sources are not copied', () => {
  const request = requestOn(DIMS);
  const sources = request.sources.map((source) => ({
    ...source,
    '00091001': 'secret',
    '00191010': ['secret'],
    OtherPatientIDsSequence: [{ PatientID: 'x', '00091001': 'secret' }],
  }));
  const { bytes } = writeSeg({ ...request, sources });
  expect(Buffer.from(bytes).includes('secret')).toBe(false);
});
