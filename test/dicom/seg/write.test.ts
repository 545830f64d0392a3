import { describe, expect, test } from '@jest/globals';
import { decodePart10, encodePart10 } from '@vessels/dicom/part10';
import { readSeg, writeSeg, type LabelmapRequest } from '@vessels/dicom/seg';
import { SOP_CLASS, TRANSFER_SYNTAX } from '@vessels/dicom/syntaxes';
import type { NaturalDataset } from '@vessels/dicom/types';
import { itemsOf } from '@vessels/dicom/values';
import type { Vec3 } from '@vessels/volume/geometry';
import { gridOf, ORIENTATIONS, seriesOn } from '../../helpers/dicomSeries';
import { refusal } from '../../helpers/refusal';
import { maskOf, requestOn } from '../../helpers/segRequests';
import { ANEURYSM, LEFT_ICA, VESSELS } from '../../helpers/segments';

const FORMS: readonly (readonly [string, Partial<LabelmapRequest>])[] = [
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
    const slice = (map: Uint8Array | Uint16Array, k: number) => [
      ...map.subarray(63 * k, 63 * (k + 1)),
    ];
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

test('names the object that it replaces, and the maker that a site chooses', () => {
  const { dataset } = decodePart10(
    writeSeg(
      requestOn([7, 9, 5], {
        predecessor: { sopClassUID: '1.1', sopInstanceUID: '1.2', seriesInstanceUID: '1.3' },
        software: { name: 'ohif-vessels', version: '0.1.0', manufacturer: 'A hospital' },
      }),
    ).bytes,
  );
  expect(dataset).toMatchObject({
    Manufacturer: 'A hospital',
    ManufacturerModelName: 'ohif-vessels',
    PredecessorDocumentsSequence: [
      {
        StudyInstanceUID: dataset.StudyInstanceUID,
        ReferencedSeriesSequence: [
          {
            SeriesInstanceUID: '1.3',
            ReferencedSOPSequence: [
              { ReferencedSOPClassUID: '1.1', ReferencedSOPInstanceUID: '1.2' },
            ],
          },
        ],
      },
    ],
  });
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
  test.each<[string, Partial<LabelmapRequest>, RegExp]>([
    ['seg.undescribed-value', { labelmap: withValue9 }, /value 9/],
    ['seg.segments', { segments: [] }, /absent/],
    ['seg.segments', { segments: [{ ...VESSELS, number: 2 }], kind: 'BINARY' }, /1, 2, 3/],
    ['seg.segments', { segments: [{ ...VESSELS, number: 65536 }] }, /\(0062,0004\).*65536/],
    ['seg.segments', { segments: [{ ...VESSELS, number: 256 }], bits: 8 }, /1 to 255, .*256/],
    ['seg.segments', { segments: [{ ...VESSELS, number: 1.5 }] }, /1\.5/],
    ['seg.segments', { segments: [VESSELS, VESSELS] }, /different/],
    ['seg.sources', { sources: seriesOn(gridOf([7, 9, 4])) }, /4 images for 5 slices/],
    ['seg.source-order', { sources: seriesOn(gridOf(dims)).reverse() }, /image 1 .*another slice/],
    ['seg.missing-tag', { sources: noUid }, /\(0020,000E\)/],
    ['seg.algorithm', { segments: [{ ...VESSELS, algorithm: undefined }] }, /Segment 1/],
    ['seg.tracking', { segments: [{ ...VESSELS, tracking: { id: '', uid: '1.2' } }] }, /0062,0020/],
    [
      'seg.tracking',
      { segments: [{ ...VESSELS, tracking: { id: 'a', uid: '1.02' } }] },
      /0062,0021/,
    ],
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
