import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodePart10, encodePart10 } from '@vessels/dicom/part10';
import { readSeg, writeSeg, type SegKind, type SegRequest } from '@vessels/dicom/seg';
import { SOP_CLASS, TRANSFER_SYNTAX } from '@vessels/dicom/syntaxes';
import type { NaturalDataset } from '@vessels/dicom/types';
import { itemsOf } from '@vessels/dicom/values';
import { InputError } from '@vessels/volume/errors';
import type { Vec3 } from '@vessels/volume/geometry';
import { gridOf, ORIENTATIONS, seriesOn } from '../helpers/dicomSeries';
import { ANEURYSM, LEFT_ICA, VESSELS } from '../helpers/segments';

const SOFTWARE = { name: 'ohif-vessels', version: '0.1.0' };
const NOW = new Date(2026, 5, 7, 8, 9, 10);

/** A mask in which slices 0 and 2 are empty and no two slices are alike. */
function maskOf([nx, ny, nz]: Vec3, values: readonly number[]): Uint8Array {
  return Uint8Array.from({ length: nx * ny * nz }, (_, i) => {
    const k = Math.floor(i / (nx * ny));
    const scattered = Math.imul(i + 1, 0x9e3779b1) >>> 16;
    return k === 0 || k === 2 ? 0 : (values[scattered % (values.length + 2)] ?? 0);
  });
}

function requestOn(dims: Vec3, changes: Partial<SegRequest> = {}): SegRequest {
  const geometry = changes.geometry ?? gridOf(dims);
  return {
    labelmap: maskOf(dims, [1]),
    geometry,
    segments: [VESSELS],
    sources: seriesOn(geometry),
    kind: 'LABELMAP',
    software: SOFTWARE,
    now: NOW,
    ...changes,
  };
}

const refusal = (run: () => unknown): InputError => {
  try {
    run();
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
};

const FORMS: readonly (readonly [string, Partial<SegRequest>])[] = [
  ['BINARY', { kind: 'BINARY' }],
  ['LABELMAP with RLE', { kind: 'LABELMAP' }],
  ['native LABELMAP', { kind: 'LABELMAP', compression: 'native' }],
];

describe.each(FORMS)('%s', (_, form) => {
  describe.each(Object.entries(ORIENTATIONS))('%s', (_name, orientation) => {
    // 1, 63, 100 and 480 pixels a slice: only the last is a whole number of bytes
    test.each([[[1, 1, 4]], [[7, 9, 5]], [[10, 10, 4]], [[24, 20, 4]]] as [Vec3][])(
      'of %j comes back voxel by voxel',
      (dims) => {
        const geometry = gridOf(dims, orientation);
        const segments = [VESSELS, LEFT_ICA, ANEURYSM];
        const labelmap = maskOf(dims, [1, 2, 3]);
        labelmap[labelmap.length - 1] = 3;
        const { bytes } = writeSeg(requestOn(dims, { ...form, geometry, segments, labelmap }));
        const read = readSeg(bytes, geometry);

        expect([...read.labelmap]).toEqual([...labelmap]);
        expect(read.segments).toEqual(segments);
      },
    );
  });

  test('each frame names its own source, place and dimension ranks', () => {
    const request = requestOn([7, 9, 5], form);
    const { dataset } = decodePart10(writeSeg(request).bytes);
    const frames = itemsOf(dataset, 'PerFrameFunctionalGroupsSequence');

    expect(frames).toHaveLength(3);
    [1, 3, 4].forEach((k, f) => {
      const source = request.sources[k]!;
      const index = form.kind === 'BINARY' ? [1, f + 1] : f + 1;
      expect(frames[f]).toMatchObject({
        FrameContentSequence: [{ DimensionIndexValues: index }],
        PlanePositionSequence: [{ ImagePositionPatient: source.ImagePositionPatient }],
        DerivationImageSequence: [
          {
            DerivationCodeSequence: [{ CodeValue: '113076', CodingSchemeDesignator: 'DCM' }],
            SourceImageSequence: [
              {
                ReferencedSOPClassUID: SOP_CLASS.mrImage,
                ReferencedSOPInstanceUID: source.SOPInstanceUID,
                PurposeOfReferenceCodeSequence: [{ CodeValue: '121322' }],
                SpatialLocationsPreserved: 'YES',
              },
            ],
          },
        ],
      });
    });
    // slice 2 is left out, so the frames are no unbroken stack
    expect(dataset.DimensionOrganizationType).toBeUndefined();
    const [series] = itemsOf(dataset, 'ReferencedSeriesSequence');
    expect(itemsOf(series!, 'ReferencedInstanceSequence')).toHaveLength(5);
  });

  test('an unbroken stack says so', () => {
    const labelmap = new Uint8Array(7 * 9 * 5).fill(1, 63, 4 * 63);
    const { bytes } = writeSeg(requestOn([7, 9, 5], { ...form, labelmap }));
    expect(decodePart10(bytes).dataset).toMatchObject({
      NumberOfFrames: 3,
      DimensionOrganizationType: '3D',
    });
  });

  test('a segment without voxels keeps its description', () => {
    const segments = [VESSELS, LEFT_ICA];
    const read = readSeg(
      writeSeg(requestOn([7, 9, 5], { ...form, segments })).bytes,
      gridOf([7, 9, 5]),
    );
    expect(read.segments).toEqual(segments);
  });

  test('frames in another order are still placed right', () => {
    const request = requestOn([7, 9, 5], { ...form, compression: 'native' });
    const bytes = writeSeg(request).bytes;
    const { dataset, pixelData } = decodePart10(bytes);
    const frames = itemsOf(dataset, 'PerFrameFunctionalGroupsSequence');
    const { labelmap } = readSeg(
      encodePart10({
        ...dataset,
        PerFrameFunctionalGroupsSequence: [frames[2], frames[0], frames[1]],
        PixelData: pixelData![0],
      }),
      request.geometry,
    );
    const slice = (map: Uint8Array, k: number) => [...map.subarray(63 * k, 63 * (k + 1))];
    // the pixels of frames 0, 1, 2 (slices 1, 3, 4) now belong to slices 4, 1, 3
    expect([4, 1, 3].map((k) => slice(labelmap, k))).toEqual(
      [1, 3, 4].map((k) => slice(request.labelmap, k)),
    );
  });
});

test('the bits of a BINARY object run on over its frames', () => {
  const { dataset, pixelData } = decodePart10(
    writeSeg(requestOn([10, 10, 8], { kind: 'BINARY' })).bytes,
  );
  expect(dataset).toMatchObject({
    NumberOfFrames: 6,
    BitsAllocated: 1,
    SegmentationType: 'BINARY',
  });
  // 6 · 100 bits are 75 bytes, and one of padding
  expect(pixelData![0]!.byteLength).toBe(76);
});

test('a label map describes its background and is compressed frame by frame', () => {
  const seg = writeSeg(requestOn([7, 9, 5]));
  expect(seg).toMatchObject({
    sopClassUID: SOP_CLASS.labelMapSegmentation,
    transferSyntaxUID: TRANSFER_SYNTAX.rleLossless,
  });
  const { dataset, transferSyntaxUID, pixelData } = decodePart10(seg.bytes);
  expect(transferSyntaxUID).toBe(seg.transferSyntaxUID);
  expect(pixelData).toHaveLength(3);
  expect(dataset).toMatchObject({
    SOPInstanceUID: seg.sopInstanceUID,
    SeriesInstanceUID: seg.seriesInstanceUID,
    PixelPaddingValue: 0,
    SegmentsOverlap: 'NO',
    SegmentSequence: [
      { SegmentNumber: 1 },
      {
        SegmentNumber: 0,
        SegmentedPropertyTypeCodeSequence: [{ CodeValue: '125040', CodingSchemeDesignator: 'DCM' }],
      },
    ],
  });
});

test('patient, study and frame of reference are the source’s; the object says who made it and for what', () => {
  const sources = seriesOn(gridOf([7, 9, 5]), {
    elements: {
      PatientName: 'Größe^Zoë',
      PatientBirthDate: '19500102',
      DeviceSerialNumber: '4711',
      ClinicalTrialSponsorName: 'Sponsor',
      LossyImageCompression: '01',
      LossyImageCompressionRatio: [10.5],
      LossyImageCompressionMethod: 'ISO_10918_1',
      OtherPatientNames: [null, 'Other^Zoë'],
      ProcedureCodeSequence: [null],
      _vrMap: {},
      imageId: 'wadors:x',
      OtherPatientIDsSequence: [
        { PatientID: 'other', '00091001': 'private', url: 'kept by a viewer' },
      ],
    },
  });
  const { dataset } = decodePart10(writeSeg(requestOn([7, 9, 5], { sources })).bytes);
  const [first] = sources as [NaturalDataset];
  expect(dataset).toMatchObject({
    SpecificCharacterSet: 'ISO_IR 192',
    PatientName: [{ Alphabetic: 'Größe^Zoë' }],
    PatientID: 'T1',
    PatientBirthDate: '19500102',
    OtherPatientIDsSequence: [{ PatientID: 'other' }],
    ClinicalTrialSponsorName: 'Sponsor',
    StudyInstanceUID: first.StudyInstanceUID,
    FrameOfReferenceUID: '1.2.826.0.1.1',
    Modality: 'SEG',
    ContentDate: '20260607',
    ContentTime: '080910',
    ContentLabel: 'VESSELS',
    ContentQualification: 'RESEARCH',
    Manufacturer: 'ohif-vessels',
    SoftwareVersions: '0.1.0',
    LossyImageCompression: '01',
    LossyImageCompressionRatio: 10.5,
    ContributingEquipmentSequence: [
      { DeviceSerialNumber: '4711', PurposeOfReferenceCodeSequence: [{ CodeValue: '109101' }] },
      { Manufacturer: 'ohif-vessels', PurposeOfReferenceCodeSequence: [{ CodeValue: '109102' }] },
    ],
    SegmentSequence: [
      {
        SegmentAlgorithmType: 'AUTOMATIC',
        SegmentAlgorithmName: 'Vessel net',
        SegmentationAlgorithmIdentificationSequence: [
          {
            AlgorithmFamilyCodeSequence: [{ CodeValue: '123110' }],
            AlgorithmVersion: '1.2.0',
            AlgorithmParameters: expect.stringContaining('sha256'),
          },
        ],
      },
      {},
    ],
  });
  expect(dataset.SeriesInstanceUID).not.toBe(first.SeriesInstanceUID);
});

test('two objects of one mask have UIDs of their own', () => {
  const [a, b] = [writeSeg(requestOn([7, 9, 5])), writeSeg(requestOn([7, 9, 5]))];
  expect(a.sopInstanceUID).not.toBe(b.sopInstanceUID);
  expect(a.seriesInstanceUID).not.toBe(b.seriesInstanceUID);
});

test('with a seed, two objects of one mask are the same file', () => {
  const write = () => Buffer.from(writeSeg(requestOn([7, 9, 5], { seed: 'sample' })).bytes);
  expect(write().equals(write())).toBe(true);
});

describe('the writer refuses in one sentence', () => {
  const dims: Vec3 = [7, 9, 5];
  const noUid = seriesOn(gridOf(dims), { elements: { SeriesInstanceUID: '' } });
  const noFrame = { ...gridOf(dims), frameOfReferenceUID: undefined };
  const withValue9 = maskOf(dims, [1]).fill(9, 70, 71);
  test.each<[string, Partial<SegRequest>, RegExp]>([
    ['seg.empty', { labelmap: new Uint8Array(315) }, /empty/],
    ['seg.undescribed-value', { labelmap: withValue9 }, /value 9/],
    ['seg.segments', { segments: [] }, /absent/],
    ['seg.segments', { segments: [{ ...VESSELS, number: 2 }], kind: 'BINARY' }, /1, 2, 3/],
    ['seg.segments', { segments: [{ ...VESSELS, number: 256 }] }, /\(0062,0004\).*256/],
    ['seg.sources', { sources: seriesOn(gridOf([7, 9, 4])) }, /4 images for 5 slices/],
    ['seg.source-order', { sources: seriesOn(gridOf(dims)).reverse() }, /image 1 .*another slice/],
    ['seg.missing-tag', { sources: noUid }, /\(0020,000E\)/],
    ['seg.algorithm', { segments: [{ ...VESSELS, algorithm: undefined }] }, /Segment 1/],
    ['volume.length', { labelmap: new Uint8Array(314) }, /314 voxels/],
    [
      'seg.frame-of-reference',
      { geometry: noFrame, sources: seriesOn(noFrame, { elements: { FrameOfReferenceUID: '' } }) },
      /\(0020,0052\)/,
    ],
  ])('%s', (code, changes, says) => {
    const error = refusal(() => writeSeg(requestOn(dims, changes)));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(says);
    expect(error.message).toMatch(/^[^\n]+\.$/);
  });
});

describe('the reader refuses in one sentence', () => {
  const geometry = gridOf([7, 9, 5]);
  const read = (kind: SegKind, change: (dataset: NaturalDataset) => NaturalDataset) => {
    const { bytes } = writeSeg(requestOn([7, 9, 5], { kind, compression: 'native' }));
    const { dataset, pixelData } = decodePart10(bytes);
    return () =>
      readSeg(encodePart10({ ...dataset, PixelData: pixelData![0], ...change(dataset) }), geometry);
  };
  const inFrame1 = (dataset: NaturalDataset, groups: NaturalDataset) => ({
    PerFrameFunctionalGroupsSequence: itemsOf(dataset, 'PerFrameFunctionalGroupsSequence').map(
      (frame, f) => (f === 0 ? { ...frame, ...groups } : frame),
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

  test.each<[string, SegKind, (dataset: NaturalDataset) => NaturalDataset, RegExp]>([
    ['seg.not-a-seg', 'BINARY', () => ({ Modality: 'MR' }), /no DICOM segmentation/],
    ['seg.type', 'BINARY', () => ({ SegmentationType: 'OTHER' }), /OTHER/],
    [
      'seg.frame-of-reference',
      'BINARY',
      () => ({ FrameOfReferenceUID: '1.2.9' }),
      /another Frame of Reference UID \(0020,0052\)/,
    ],
    ['seg.frame-of-reference', 'LABELMAP', () => ({ FrameOfReferenceUID: null }), /no Frame/],
    ['seg.matrix', 'BINARY', () => ({ Columns: 8 }), /9 × 8, the series 9 × 7/],
    [
      'seg.orientation',
      'LABELMAP',
      (d) =>
        inShared(d, {
          PlaneOrientationSequence: [{ ImageOrientationPatient: [...ORIENTATIONS.sagittal] }],
        }),
      /Frame 1 .*turned.*\(0020,0037\)/,
    ],
    [
      'seg.pixel-spacing',
      'BINARY',
      (d) => inShared(d, { PixelMeasuresSequence: [{ PixelSpacing: [0.5, 0.5] }] }),
      /\(0028,0030\)/,
    ],
    ['seg.position', 'BINARY', (d) => inFrame1(d, at(-12.5, 33.25, 99)), /no slice.*0020,0032/],
    ['seg.position', 'BINARY', (d) => inFrame1(d, at(-12.5, 33.25, 102.4)), /no slice/],
    ['seg.position', 'LABELMAP', (d) => inFrame1(d, at(-12.3, 33.25, 103)), /no slice/],
    ['seg.position', 'BINARY', (d) => inFrame1(d, { PlanePositionSequence: [] }), /has no Image/],
    ['seg.frames', 'BINARY', () => ({ NumberOfFrames: 4 }), /4 .*3 items/],
    [
      'seg.segment',
      'BINARY',
      (d) => inFrame1(d, { SegmentIdentificationSequence: [{ ReferencedSegmentNumber: 7 }] }),
      /Frame 1 .* 7/,
    ],
    [
      'seg.segments',
      'LABELMAP',
      (d) => ({ SegmentSequence: [...itemsOf(d, 'SegmentSequence'), { SegmentNumber: 1 }] }),
      /different/,
    ],
    ['seg.bits', 'LABELMAP', () => ({ BitsAllocated: 32 }), /32/],
    ['seg.pixel-data', 'LABELMAP', () => ({ PixelData: new ArrayBuffer(188) }), /188 .*189/],
  ])('%s (%s)', (code, kind, change, says) => {
    const error = refusal(read(kind, change));
    expect({ code: error.code, message: error.message }).toEqual({
      code,
      message: expect.stringMatching(says),
    });
    expect(error.message).toMatch(/^[^\n]+\.$/);
  });

  test('what is no DICOM file', () => {
    expect(refusal(() => readSeg(new ArrayBuffer(300), geometry)).code).toBe('dicom.unreadable');
  });
});

test('a damaged file ends in a refusal, never in another error', () => {
  const geometry = gridOf([7, 9, 5]);
  const files = FORMS.map(([, form]) => new Uint8Array(writeSeg(requestOn([7, 9, 5], form)).bytes));
  const changes = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(fc.constantFrom(...files), fc.option(fc.nat()), changes, (file, cut, bytes) => {
      const damaged = file.slice(0, cut === null ? undefined : cut % file.length);
      // the preamble means nothing
      for (const [at, value] of bytes) damaged[128 + (at % (file.length - 128))] = value;
      try {
        expect(readSeg(damaged.buffer, geometry).labelmap).toHaveLength(315);
      } catch (error) {
        expect(error).toMatchObject({ name: 'InputError', message: expect.stringMatching(/\.$/) });
      }
    }),
    { numRuns: 300 },
  );
});

describe('what other writers make is read', () => {
  const geometry = gridOf([7, 9, 5]);
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

  test('a fractional object counts from one half on', () => {
    const frame1 = itemsOf(dataset, 'PerFrameFunctionalGroupsSequence')[0];
    const pixels = new Uint8Array(63).fill(99);
    pixels.set([0, 100, 101, 200], 10);
    const { labelmap } = readSeg(
      encodePart10({
        ...dataset,
        SegmentationType: 'FRACTIONAL',
        MaximumFractionalValue: 200,
        PixelPaddingValue: undefined,
        NumberOfFrames: 1,
        PerFrameFunctionalGroupsSequence: [
          { ...frame1, SegmentIdentificationSequence: [{ ReferencedSegmentNumber: 1 }] },
        ],
        PixelData: pixels.buffer,
      }),
      geometry,
    );
    expect([...labelmap.keys()].filter((i) => labelmap[i])).toEqual([63 + 11, 63 + 12, 63 + 13]);
  });

  test('bits whose frames are padded to whole bytes', () => {
    const binary = requestOn([10, 10, 8], { kind: 'BINARY' });
    const file = decodePart10(writeSeg(binary).bytes);
    const padded = new Uint8Array(6 * 13);
    [1, 3, 4, 5, 6, 7].forEach((k, f) => {
      for (let i = 0; i < 100; i++)
        padded[13 * f + (i >> 3)]! |= binary.labelmap[100 * k + i]! << (i & 7);
    });
    const bytes = encodePart10({ ...file.dataset, PixelData: padded.buffer });
    expect([...readSeg(bytes, binary.geometry).labelmap]).toEqual([...binary.labelmap]);
  });
});
