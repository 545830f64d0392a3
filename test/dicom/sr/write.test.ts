import { describe, expect, test } from '@jest/globals';
import dcmjs from 'dcmjs';
import fc from 'fast-check';
import { decodePart10 } from '@vessels/dicom/part10';
import { readSeg, writeSeg } from '@vessels/dicom/seg';
import {
  COMPREHENSIVE_3D_SR,
  PRIVATE_SCHEME,
  readSr,
  writeSr,
  type BranchMeasurements,
  type SrRequest,
} from '@vessels/dicom/sr';
import type { NaturalDataset } from '@vessels/dicom/types';
import { imageFrames } from '@vessels/dicom/multiframe';
import { gridOf, seriesOn } from '../../helpers/dicomSeries';
import { multiframe } from '../../helpers/multiframe';
import { refusal } from '../../helpers/refusal';
import { maskOf, requestOn } from '../../helpers/segRequests';
import { ANEURYSM, LEFT_ICA, VESSELS } from '../../helpers/segments';
import { srRequest } from '../../helpers/srRequests';

/** All data sets within a data set, itself first. */
function* within(dataset: NaturalDataset): Generator<NaturalDataset> {
  yield dataset;
  for (const value of Object.values(dataset))
    for (const item of Array.isArray(value) ? (value as unknown[]) : [])
      if (typeof item === 'object' && item !== null) yield* within(item as NaturalDataset);
}

const datasetOf = (changes: Partial<SrRequest> = {}) =>
  decodePart10(writeSr(srRequest(changes)).bytes).dataset;

const branchOf = (changes: Partial<BranchMeasurements>): Partial<SrRequest> => ({
  branches: [{ ...srRequest().branches[0]!, ...changes }],
});

describe('what is written comes back', () => {
  test('every measure of every branch, and the quality control', () => {
    const request = srRequest();
    const { branches, qc } = readSr(writeSr(request).bytes);

    expect(branches).toHaveLength(3);
    request.branches.forEach((branch, i) => expect(branches[i]).toMatchObject(branch));
    expect(qc).toEqual(request.qc);
  });

  test('a right angle of 3 mm and 4 mm is 7/5 of its distance long; a ring has no such number', () => {
    const { branches } = readSr(writeSr(srRequest()).bytes);

    expect(branches.map(({ tortuosity }) => tortuosity)).toEqual([1.4, undefined, 1]);
  });

  test('how the series was resampled stands in every group, and only there where it was', () => {
    const note = 'The series was resampled (linear).';
    const notes = (dataset: NaturalDataset) =>
      [...within(dataset)].filter(({ TextValue }) => TextValue === note);
    expect(notes(datasetOf({ resampled: note }))).toHaveLength(4);
    expect(notes(datasetOf({ resampled: note }))[0]).toMatchObject({
      ConceptNameCodeSequence: [{ CodeValue: '111002', CodingSchemeDesignator: 'DCM' }],
      RelationshipType: 'HAS CONCEPT MOD',
    });
    expect(JSON.stringify(datasetOf())).not.toContain('111002');
  });

  test('a multi-frame image is named once, however many of its frames were measured', () => {
    const slices = seriesOn(gridOf([5, 4, 3]));
    const image = multiframe(slices, [2, 0, 1]);
    const dataset = datasetOf({ sources: imageFrames([image]) });
    const named = [...within(dataset)].filter(
      ({ ReferencedSOPInstanceUID }) => ReferencedSOPInstanceUID === image.SOPInstanceUID,
    );
    // in the evidence and in the image library
    expect(named).toHaveLength(2);
  });

  test('what was not measured is not there', () => {
    const { branches, ...rest } = readSr(writeSr(srRequest({ qc: undefined })).bytes);

    expect(rest).not.toHaveProperty('qc');
    expect(branches[1]).not.toHaveProperty('stenosis');
    expect(branches[1]).not.toHaveProperty('narrowest');
  });

  test.each(['NASCET', 'ECST', 'diameter', 'area'] as const)('a stenosis by %s', (method) => {
    const stenosis = { percent: -12.5, method };
    const { branches } = readSr(writeSr(srRequest(branchOf({ stenosis }))).bytes);

    expect(branches[0]!.stenosis).toEqual(stenosis);
  });

  test.each(['pass', 'review', 'empty'] as const)('a verdict: %s', (verdict) => {
    const qc = { ...srRequest().qc!, verdict };
    expect(readSr(writeSr(srRequest({ branches: [], qc })).bytes)).toMatchObject({
      branches: [],
      qc,
    });
  });

  test('all digits of a number, however long', () => {
    const length = fc.double({ min: 0, max: 1e9, noNaN: true });
    const place = fc.float({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(
        fc.tuple(length, length, length, length),
        fc.array(fc.tuple(place, place, place), { minLength: 2, maxLength: 9 }),
        ([total, minDiameter, meanDiameter, maxDiameter], places) => {
          const measures = { length: total, minDiameter, meanDiameter, maxDiameter };
          const branch = { segment: 2, points: Float32Array.from(places.flat()), ...measures };
          const { branches } = readSr(writeSr(srRequest({ branches: [branch] })).bytes);
          expect(branches[0]).toMatchObject(measures);
          // -0 and 0 are one place
          expect([...branches[0]!.points].map((x) => x + 0)).toEqual(
            [...branch.points].map((x) => x + 0),
          );
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('the vessel of the SEG', () => {
  test('a branch alone in its segment is tracked as the SEG tracks it, with its code and side', () => {
    const geometry = gridOf([10, 10, 4]);
    const segments = [VESSELS, LEFT_ICA, ANEURYSM];
    const labelmap = maskOf([10, 10, 4], [1, 2, 3]);
    const seg = writeSeg(requestOn([10, 10, 4], { geometry, segments, labelmap, kind: 'BINARY' }));
    const [, stored] = readSeg(seg.bytes, geometry).segments;
    const [branch] = readSr(
      writeSr(srRequest({ seg, segments, sources: seriesOn(geometry) })).bytes,
    ).branches;

    expect(branch).toMatchObject({
      segment: stored!.number,
      seg: { sopClassUID: seg.sopClassUID, sopInstanceUID: seg.sopInstanceUID },
      tracking: stored!.tracking,
      category: stored!.category,
      finding: stored!.type,
      site: stored!.type,
      laterality: stored!.modifier,
      frameOfReferenceUID: geometry.frameOfReferenceUID,
    });
  });

  test('branches that share a segment are told apart, the same way in every report', () => {
    const shared = srRequest().branches.map((branch) => ({ ...branch, segment: 2 }));
    const tracking = () =>
      readSr(writeSr(srRequest({ branches: shared })).bytes).branches.map((one) => one.tracking);

    expect(tracking().map(({ id }) => id)).toEqual(
      [1, 2, 3].map((n) => `left internal carotid, branch ${n}`),
    );
    expect(new Set(tracking().map(({ uid }) => uid)).size).toBe(3);
    expect(tracking()).toEqual(tracking());
  });

  test('a finding in a vessel has the region of its segment as site', () => {
    const aneurysm = { ...ANEURYSM, number: 2, anatomicRegion: VESSELS.anatomicRegion };
    const [branch] = readSr(
      writeSr(srRequest({ ...branchOf({}), segments: [aneurysm] })).bytes,
    ).branches;

    expect(branch!.finding).toEqual(ANEURYSM.type);
    expect(branch!.site).toEqual(VESSELS.anatomicRegion);
  });
});

describe('the document', () => {
  test('is a Comprehensive 3D SR by TID 1500 in the study of its sources', () => {
    const { sources } = srRequest();
    expect(datasetOf()).toMatchObject({
      SOPClassUID: COMPREHENSIVE_3D_SR,
      Modality: 'SR',
      StudyInstanceUID: sources[0]!.StudyInstanceUID,
      PatientID: sources[0]!.PatientID,
      ContentTemplateSequence: [{ TemplateIdentifier: '1500' }],
      VerificationFlag: 'UNVERIFIED',
    });
  });

  test('lists every instance that it refers to as evidence, and no other', () => {
    const { CurrentRequestedProcedureEvidenceSequence, ContentSequence } = datasetOf();
    const referenced = (part: unknown) =>
      new Set(
        [...within({ part } as NaturalDataset)].flatMap(
          (one) => one.ReferencedSOPInstanceUID ?? [],
        ),
      );

    expect(referenced(CurrentRequestedProcedureEvidenceSequence)).toEqual(
      referenced(ContentSequence),
    );
    expect(referenced(ContentSequence).size).toBe(srRequest().sources.length + 1);
  });

  test('declares the one private scheme whose codes it uses', () => {
    const dataset = datasetOf();
    const schemes = [...within(dataset)].flatMap((one) =>
      'CodeValue' in one ? [one.CodingSchemeDesignator] : [],
    );

    expect([...new Set(schemes)].sort()).toEqual(
      [PRIVATE_SCHEME, 'DCM', 'LN', 'RFC5646', 'SCT', 'UCUM'].sort(),
    );
    expect(dataset.CodingSchemeIdentificationSequence).toMatchObject([
      { CodingSchemeDesignator: PRIVATE_SCHEME },
    ]);
  });

  test('reads the same in dcmjs', () => {
    const { dict } = dcmjs.data.DicomMessage.readFile(writeSr(srRequest()).bytes);
    const dataset = dcmjs.data.DicomMetaDictionary.naturalizeDataset(dict);
    const named = (meaning: string) =>
      [...within(dataset as NaturalDataset)].filter((one) => {
        const [name] = [one.ConceptNameCodeSequence].flat() as NaturalDataset[];
        return name?.CodeMeaning === meaning;
      });
    const numbers = (meaning: string) =>
      named(meaning).map((one) => {
        const [value] = [one.MeasuredValueSequence].flat() as NaturalDataset[];
        return value!.NumericValue;
      });

    expect(numbers('Path length')).toEqual([7, 6.28, 12.3000001907349]);
    expect(numbers('Lumen Diameter Stenosis')).toEqual([62.5]);
    expect(numbers('Components (Betti number 0)')).toEqual([2]);
    expect(named('Centerline')[0]!.GraphicData).toEqual([0, 0, 0, 3, 0, 0, 3, 4, 0]);
  });

  test('names the person who looked, and the report that it replaces', () => {
    const predecessor = {
      sopClassUID: COMPREHENSIVE_3D_SR,
      sopInstanceUID: '1.2.3',
      seriesInstanceUID: '1.2.4',
    };
    const dataset = datasetOf({ observer: 'Doe^Jane', predecessor });

    expect([...within(dataset)].flatMap((one) => one.PersonName ?? [])).toEqual([
      { Alphabetic: 'Doe^Jane' },
    ]);
    expect(dataset.PredecessorDocumentsSequence).toMatchObject([
      {
        StudyInstanceUID: dataset.StudyInstanceUID,
        ReferencedSeriesSequence: [
          {
            SeriesInstanceUID: '1.2.4',
            ReferencedSOPSequence: [{ ReferencedSOPInstanceUID: '1.2.3' }],
          },
        ],
      },
    ]);
  });

  test('the same seed makes the same file, and no UID that a SEG of that seed has', () => {
    const [first, second] = [0, 1].map(() => writeSr(srRequest({ seed: 'sample' })));
    const seg = writeSeg(requestOn([7, 9, 5], { seed: 'sample' }));

    expect(Buffer.from(first!.bytes).equals(Buffer.from(second!.bytes))).toBe(true);
    expect([seg.sopInstanceUID, seg.seriesInstanceUID]).not.toContain(first!.sopInstanceUID);
    expect([seg.sopInstanceUID, seg.seriesInstanceUID]).not.toContain(first!.seriesInstanceUID);
  });
});

describe('what cannot be reported is refused', () => {
  const { sources } = srRequest();
  const without = (keyword: string) => sources.map((one) => ({ ...one, [keyword]: undefined }));

  test.each<[string, Partial<SrRequest>, string, string]>([
    ['nothing measured', { branches: [], qc: undefined }, 'sr.empty', 'neither a branch'],
    ['no sources', { sources: [] }, 'sr.sources', 'no source images'],
    [
      'sources of two series',
      { sources: [sources[0]!, { ...sources[1]!, SeriesInstanceUID: '1.2' }] },
      'sr.sources',
      'Series Instance UID (0020,000E)',
    ],
    [
      'sources without UID',
      { sources: without('SOPInstanceUID') },
      'sr.missing-tag',
      'SOP Instance UID (0008,0018)',
    ],
    [
      'no frame of reference',
      { sources: without('FrameOfReferenceUID') },
      'sr.frame-of-reference',
      'Frame of Reference UID (0020,0052)',
    ],
    ['a segment that nobody described', branchOf({ segment: 9 }), 'sr.segment', 'segment 9'],
    ['one point', branchOf({ points: new Float32Array(3) }), 'sr.points', 'are 3 numbers'],
    ['half a point', branchOf({ points: new Float32Array(8) }), 'sr.points', 'are 8 numbers'],
    ['a point nowhere', branchOf({ points: new Float32Array(6).fill(NaN) }), 'sr.points', 'finite'],
    [
      'more points than an element holds',
      branchOf({ points: new Float32Array(3 * 5462) }),
      'sr.points',
      '2 to 5461',
    ],
    ['a narrowest point outside', branchOf({ narrowest: 3 }), 'sr.points', 'but is 3'],
    ['an endless length', branchOf({ length: Infinity }), 'sr.value', 'length of branch 1'],
    ['a negative diameter', branchOf({ minDiameter: -1 }), 'sr.value', 'minDiameter of branch 1'],
    [
      'a stenosis above 100 %',
      branchOf({ stenosis: { percent: 101, method: 'ECST' } }),
      'sr.value',
      'is 101',
    ],
    [
      'half a loop',
      { qc: { betti: { b0: 1, b1: 0.5, b2: 0 }, findings: 0, verdict: 'pass' } },
      'sr.value',
      'b1 of the quality control',
    ],
  ])('%s', (_, changes, code, part) => {
    const { message, ...error } = refusal(() => writeSr(srRequest(changes)));

    expect(error.code).toBe(code);
    expect(message).toContain(part);
    expect(message).toMatch(/\.$/);
  });

  test('the longest centerline that an element holds is not', () => {
    const points = Float32Array.from({ length: 3 * 5461 }, (_, i) => i / 7);
    const { branches } = readSr(writeSr(srRequest(branchOf({ points }))).bytes);

    expect(branches[0]!.points).toEqual(points);
  });
});
