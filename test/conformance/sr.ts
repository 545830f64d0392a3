import fs from 'node:fs';
import path from 'node:path';
import type { SegObject } from '@vessels/dicom/seg';
import { type BranchMeasurements, readSr, type TopologyQc, writeSr } from '@vessels/dicom/sr';
import { SOP_CLASS } from '@vessels/dicom/syntaxes';
import { indexToWorld } from '@vessels/volume/geometry';
import type { Case } from './cases';
import { must } from './command';
import { validate } from './dciodvfy';

const QC: TopologyQc = {
  betti: { b0: 3, b1: 1, b2: 0 },
  findings: 4,
  verdict: 'review',
};

/** A branch per segment, and a second one in the first: across the grid, with numbers of many digits. */
function branchesOf({ geometry, segments }: Case): BranchMeasurements[] {
  const [nx, ny, nz] = geometry.dims;
  return [...segments, segments[0]!].map(({ number }, i) => ({
    segment: number,
    points: Float32Array.from(
      [
        indexToWorld(geometry, [0, i / 3, 0]),
        indexToWorld(geometry, [nx / 3, ny / 2, nz / 7]),
        indexToWorld(geometry, [nx - 1, ny - 1, nz - 1]),
      ].flatMap((point) => [...point]),
    ),
    length: 100 / 3 + i,
    minDiameter: 1.1 + i / 7,
    meanDiameter: 2.2 + i / 7,
    maxDiameter: 3.3 + i / 7,
    narrowest: 1,
    ...(i === 0 && { stenosis: { percent: 200 / 3, method: 'NASCET' } }),
  }));
}

/** What highdicom must find, by the codes of the standard. */
function expectation(bytes: ArrayBuffer) {
  const { branches, qc } = readSr(bytes);
  const mm = (value: number) => [value, 'mm'];
  return {
    branches: branches.map(({ tracking, seg, segment, finding, points, ...branch }) => ({
      tracking,
      seg,
      segment,
      finding,
      centerline: [...points],
      numbers: {
        '397413000/255605001': mm(branch.minDiameter),
        '397413000/373098007': mm(branch.meanDiameter),
        '397413000/56851009': mm(branch.maxDiameter),
        '121211': mm(branch.length),
        ...(branch.tortuosity !== undefined && { TORTUOSITY: [branch.tortuosity, '1'] }),
        ...(branch.stenosis && { '408715008': [branch.stenosis.percent, '%'] }),
      },
    })),
    qc: {
      numbers: {
        BETTI_0: [qc!.betti.b0, '1'],
        BETTI_1: [qc!.betti.b1, '1'],
        BETTI_2: [qc!.betti.b2, '1'],
        QC_FINDINGS: [qc!.findings, '1'],
      },
      verdict: `QC_${qc!.verdict.toUpperCase()}`,
    },
  };
}

/** The 2022 builds in Debian 12 refuse a segment of a class that they do not know as a segmentation. */
const UNKNOWN_SEG = 'note: this build does not know label maps';

/** One check of the run: its text goes into the table. */
export type SrCheck = readonly [name: string, work: () => string];

/**
 * Report on a SEG, and what others say of the report.
 *
 * @param folder for the report
 * @param python that has highdicom
 */
export function srChecks(one: Case, seg: SegObject, folder: string, python: string): SrCheck[] {
  const { bytes } = writeSr({
    branches: branchesOf(one),
    qc: QC,
    seg,
    segments: one.segments,
    sources: one.sources,
    frameOfReferenceUID: one.geometry.frameOfReferenceUID,
    software: { name: 'ohif-vessels', version: '0.1.0' },
    observer: 'Reader^Test',
  });
  const [file, expected] = [path.join(folder, 'sr.dcm'), path.join(folder, 'sr.json')];
  fs.writeFileSync(file, Buffer.from(bytes));
  fs.writeFileSync(expected, JSON.stringify(expectation(bytes)));
  const isUnknown = seg.sopClassUID === SOP_CLASS.labelMapSegmentation;
  return [
    [
      'dciodvfy',
      () => {
        if (isUnknown) return UNKNOWN_SEG;
        const errors = validate(file);
        if (errors.length > 0) throw new Error(`${errors.length} errors, first: ${errors[0]}`);
        return '0 errors in 1 file';
      },
    ],
    [
      'DCMTK',
      () => {
        must('dcmdump', ['-q', file]);
        if (isUnknown) return UNKNOWN_SEG;
        const centerlines = must('dsrdump', ['-q', file]).match(/"Centerline"\)=\(POLYLINE/g) ?? [];
        if (centerlines.length !== one.segments.length + 1)
          throw new Error(`dsrdump prints ${centerlines.length} centerlines`);
        return `${centerlines.length} centerlines printed`;
      },
    ],
    [
      'highdicom',
      () => must(python, [path.resolve('test/conformance/compare_sr.py'), file, expected]).trim(),
    ],
  ];
}
