import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DicomError } from '@vessels/dicom/errors';
import { decodePart10, encodePart10 } from '@vessels/dicom/part10';
import { openSeg, placeSeg, readSeg, writeSeg, type LabelmapRequest } from '@vessels/dicom/seg';
import type { NaturalDataset } from '@vessels/dicom/types';
import { itemsOf } from '@vessels/dicom/values';
import { gridOf, ORIENTATIONS } from '../../helpers/dicomSeries';
import { refusal } from '../../helpers/refusal';
import { commonOn, maskOf, masksOf, requestOn } from '../../helpers/segRequests';
import { LEFT_ICA, VESSELS } from '../../helpers/segments';

const FORMS: readonly Partial<LabelmapRequest>[] = [
  { kind: 'BINARY' },
  { kind: 'LABELMAP' },
  { kind: 'LABELMAP', compression: 'native' },
  { kind: 'LABELMAP', bits: 16 },
];

type Kind = LabelmapRequest['kind'];
type Change = (dataset: NaturalDataset) => NaturalDataset;

const geometry = gridOf([7, 9, 5]);

/** A SEG of ours, uncompressed, with elements changed. */
function changed(kind: Kind, change: Change, request = requestOn([7, 9, 5])): ArrayBuffer {
  const { bytes } = writeSeg({ ...request, kind, compression: 'native' });
  const { dataset, pixelData } = decodePart10(bytes);
  return encodePart10({ ...dataset, PixelData: pixelData![0], ...change(dataset) });
}

const inFrame = (f: number, dataset: NaturalDataset, groups: NaturalDataset) => ({
  PerFrameFunctionalGroupsSequence: itemsOf(dataset, 'PerFrameFunctionalGroupsSequence').map(
    (frame, at) => (at === f ? { ...frame, ...groups } : frame),
  ),
});
const inShared = (dataset: NaturalDataset, groups: NaturalDataset) => ({
  SharedFunctionalGroupsSequence: [
    { ...itemsOf(dataset, 'SharedFunctionalGroupsSequence')[0], ...groups },
  ],
});
const at = (...position: number[]) => ({
  PlanePositionSequence: [{ ImagePositionPatient: position }],
});

describe('the reader refuses in one sentence that names tag and rule', () => {
  const orientation = (values: readonly number[]) => ({
    PlaneOrientationSequence: [{ ImageOrientationPatient: [...values] }],
  });
  const spacing = (...values: number[]) => ({ PixelMeasuresSequence: [{ PixelSpacing: values }] });

  test.each<[string, Kind, Change, string, RegExp]>([
    ['seg.not-a-seg', 'BINARY', () => ({ Modality: 'MR' }), '0062,0001', /no DICOM segmentation/],
    ['seg.type', 'BINARY', () => ({ SegmentationType: 'OTHER' }), '0062,0001', /none of BINARY/],
    [
      'seg.frame-of-reference',
      'BINARY',
      () => ({ FrameOfReferenceUID: '1.2.9' }),
      '0020,0052',
      /another Frame of Reference UID \(0020,0052\)/,
    ],
    [
      'seg.frame-of-reference',
      'LABELMAP',
      () => ({ FrameOfReferenceUID: null }),
      '0020,0052',
      /lacks the Frame/,
    ],
    ['seg.matrix', 'BINARY', () => ({ Columns: 0 }), '0028,0011', /Columns .* is 0/],
    ['seg.matrix', 'BINARY', () => ({ Rows: null }), '0028,0010', /Rows .* is missing/],
    [
      'seg.orientation',
      'LABELMAP',
      (d) => inFrame(1, d, orientation(ORIENTATIONS.sagittal)),
      '0020,0037',
      /Frame 2 .*turned against the first/,
    ],
    [
      'seg.orientation',
      'LABELMAP',
      (d) => inShared(d, { PlaneOrientationSequence: [] }),
      '0020,0037',
      /Frame 1 .*has no/,
    ],
    [
      'seg.orientation',
      'LABELMAP',
      (d) => inShared(d, orientation([1, 0, 0, 1, 0, 0])),
      '0020,0037',
      /two unit vectors/,
    ],
    [
      'seg.pixel-spacing',
      'BINARY',
      (d) => inShared(d, spacing(0, 0.4)),
      '0028,0030',
      /not above 0 mm/,
    ],
    [
      'seg.pixel-spacing',
      'BINARY',
      (d) => ({ ...inShared(d, spacing(0.5, 0.5)), ...inFrame(2, d, spacing(0.5, 0.4)) }),
      '0028,0030',
      /Frame 3 .*other pixels/,
    ],
    [
      'seg.position',
      'BINARY',
      (d) => inFrame(0, d, { PlanePositionSequence: [] }),
      '0020,0032',
      /Frame 1 .* has no Image/,
    ],
    [
      'seg.outside',
      'LABELMAP',
      (d) => ({
        PerFrameFunctionalGroupsSequence: itemsOf(d, 'PerFrameFunctionalGroupsSequence').map(
          (frame, f) => ({ ...frame, ...at(-12.5, 33.25, 200 + 1.25 * f) }),
        ),
      }),
      '0020,0032',
      /All frames .* outside/,
    ],
    ['seg.frames', 'BINARY', () => ({ NumberOfFrames: 4 }), '0028,0008', /4 .*3 items/],
    [
      'seg.segment',
      'BINARY',
      (d) => inFrame(0, d, { SegmentIdentificationSequence: [{ ReferencedSegmentNumber: 7 }] }),
      '0062,000B',
      /Frame 1 .* 7/,
    ],
    [
      'seg.segment',
      'BINARY',
      (d) => inFrame(1, d, { SegmentIdentificationSequence: [] }),
      '0062,000B',
      /Frame 2 .* has no/,
    ],
    [
      'seg.segment',
      'LABELMAP',
      (d) => ({ PixelData: new Uint8Array(190).fill(9, 100, 101).buffer, Modality: d.Modality }),
      '0062,000B',
      /Frame 2 .* value 9/,
    ],
    [
      'seg.segments',
      'LABELMAP',
      (d) => ({ SegmentSequence: [...itemsOf(d, 'SegmentSequence'), { SegmentNumber: 1 }] }),
      '0062,0002',
      /different/,
    ],
    ['seg.segments', 'BINARY', () => ({ SegmentSequence: [] }), '0062,0002', /0 items/],
    ['seg.bits', 'LABELMAP', () => ({ BitsAllocated: 32 }), '0028,0100', /32/],
    [
      'seg.fraction',
      'LABELMAP',
      () => ({ SegmentationType: 'FRACTIONAL', MaximumFractionalValue: 0 }),
      '0062,000E',
      /above 0/,
    ],
    [
      'seg.pixel-data',
      'LABELMAP',
      () => ({ PixelData: new ArrayBuffer(188) }),
      '7FE0,0010',
      /188 .*189/,
    ],
    ['seg.pixel-data', 'BINARY', () => ({ Columns: 8 }), '7FE0,0010', /24 bytes where 27/],
  ])('%s (%s)', (code, kind, change, tag, says) => {
    const error = refusal(() => readSeg(changed(kind, change), geometry)) as DicomError;
    expect({ code: error.code, tag: error.tag, message: error.message }).toEqual({
      code,
      tag: `(${tag})`,
      message: expect.stringMatching(says),
    });
    expect(error.rule).toMatch(/^PS3\.\d+ /);
    expect(error.message).toContain(tag);
    expect(error.message).toContain(error.rule);
    expect(error.message).toMatch(/^[^\n]+\.$/);
  });

  test('what is no DICOM file', () => {
    expect(refusal(() => readSeg(new ArrayBuffer(300), geometry)).code).toBe('dicom.unreadable');
  });

  test('a transfer syntax that is no UID is not repeated: it may be any bytes of the file', () => {
    const bytes = writeSeg(requestOn([7, 9, 5])).bytes;
    const place = Buffer.from(bytes).indexOf('1.2.840.10008.1.2.5');
    new Uint8Array(bytes).set(Buffer.from('Doe^Jane'), place);
    const { code, message } = refusal(() => readSeg(bytes, geometry));
    expect(code).toBe('seg.transfer-syntax');
    expect(message).not.toMatch(/Doe/);
  });
});

test('a damaged file ends in a refusal with tag and rule, never in another error', () => {
  const files = FORMS.map((form) => new Uint8Array(writeSeg(requestOn([7, 9, 5], form)).bytes));
  const changes = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(fc.constantFrom(...files), fc.option(fc.nat()), changes, (file, cut, bytes) => {
      const damaged = file.slice(0, cut === null ? undefined : cut % file.length);
      // the preamble means nothing
      for (const [place, value] of bytes) damaged[128 + (place % (file.length - 128))] = value;
      try {
        expect(readSeg(damaged.buffer, geometry).labelmap).toHaveLength(315);
      } catch (error) {
        if (!(error instanceof DicomError)) throw error;
        expect(error.message).toContain(error.tag);
        expect(error.message).toContain(error.rule);
      }
    }),
    { numRuns: 300 },
  );
});

describe('what other writers make is read', () => {
  const request = requestOn([7, 9, 5], { compression: 'native' });
  const { dataset, pixelData } = decodePart10(writeSeg(request).bytes);
  const bytes = new Uint8Array(pixelData![0]!);

  test('a label map of 16 bits with numbers above 255: numbered from 1', () => {
    const [vessels] = itemsOf(dataset, 'SegmentSequence');
    const pixels = Uint16Array.from(bytes, (value) => (value ? 1000 : 0));
    const { labelmap, segments } = readSeg(
      encodePart10({
        ...dataset,
        BitsAllocated: 16,
        PixelPaddingValue: undefined,
        SegmentSequence: [{ ...vessels, SegmentNumber: 1000 }],
        PixelData: pixels.buffer,
      }),
      geometry,
    );
    expect([...labelmap]).toEqual([...request.labelmap]);
    expect(segments).toEqual([VESSELS]);
  });

  test('a label map whose segment has number 0 and whose background another', () => {
    const [vessels, background] = itemsOf(dataset, 'SegmentSequence');
    const file = encodePart10({
      ...dataset,
      PixelPaddingValue: 5,
      SegmentSequence: [
        { ...vessels, SegmentNumber: 0 },
        { ...background, SegmentNumber: 5 },
      ],
      PixelData: bytes.map((value) => (value ? 0 : 5)).buffer,
    });
    expect([...readSeg(file, geometry).labelmap]).toEqual([...request.labelmap]);
    expect([...placeSeg(openSeg(file), { geometry }).mask(0)]).toEqual([...request.labelmap]);
  });

  test('a fractional object counts from one half on', () => {
    const frame1 = itemsOf(dataset, 'PerFrameFunctionalGroupsSequence')[0];
    const pixels = new Uint8Array(63).fill(99);
    pixels.set([0, 100, 101, 200], 10);
    const file = encodePart10({
      ...dataset,
      SegmentationType: 'FRACTIONAL',
      MaximumFractionalValue: 200,
      PixelPaddingValue: undefined,
      NumberOfFrames: 1,
      PerFrameFunctionalGroupsSequence: [
        { ...frame1, SegmentIdentificationSequence: [{ ReferencedSegmentNumber: 1 }] },
      ],
      PixelData: pixels.buffer,
    });
    const { labelmap } = readSeg(file, geometry);
    expect([...labelmap.keys()].filter((i) => labelmap[i])).toEqual([63 + 11, 63 + 12, 63 + 13]);
    const share = placeSeg(openSeg(file), { geometry }).probability(1);
    expect([...share.subarray(63 + 9, 63 + 15)].map((value) => Math.round(1000 * value))).toEqual([
      495, 0, 500, 505, 1000, 495,
    ]);
  });

  test('bits whose frames are padded to whole bytes', () => {
    const binary = requestOn([10, 10, 8], { kind: 'BINARY' });
    const file = decodePart10(writeSeg(binary).bytes);
    const padded = new Uint8Array(6 * 13);
    [1, 3, 4, 5, 6, 7].forEach((k, f) => {
      for (let i = 0; i < 100; i++)
        padded[13 * f + (i >> 3)]! |= binary.labelmap[100 * k + i]! << (i & 7);
    });
    const padded10 = encodePart10({ ...file.dataset, PixelData: padded.buffer });
    expect([...readSeg(padded10, binary.geometry).labelmap]).toEqual([...binary.labelmap]);
  });
});

describe('segments that overlap', () => {
  const [first, second] = masksOf(maskOf([7, 9, 5], [1, 2]), [VESSELS, LEFT_ICA]);
  const both = second!.map((value, i) => (i >= 100 && i < 140 ? first![i]! : value));
  const shared = both.filter((value, i) => value && first![i]).length;
  const { bytes } = writeSeg({
    ...commonOn(geometry),
    kind: 'BINARY',
    segments: [VESSELS, LEFT_ICA],
    masks: [first!, both],
  });

  test('are each right by themselves', () => {
    const placed = placeSeg(openSeg(bytes), { geometry });
    expect([...placed.mask(1)]).toEqual([...first!]);
    expect([...placed.mask(2)]).toEqual([...both]);
    expect([...placed.probability(2)]).toEqual([...both]);
  });

  test('become one labelmap with a note, the later on top', () => {
    const { labelmap, notes } = readSeg(bytes, geometry);
    expect([...labelmap]).toEqual([...both].map((value, i) => (value ? 2 : first![i])));
    expect(notes).toEqual([expect.stringContaining(`overlap in ${shared} voxels`)]);
  });
});
