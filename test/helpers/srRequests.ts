import type { BranchMeasurements, SrRequest } from '@vessels/dicom/sr';
import { gridOf, seriesOn } from './dicomSeries';
import { ANEURYSM, LEFT_ICA, VESSELS } from './segments';

/** A right angle of 3 mm and 4 mm: 7 mm long, its ends 5 mm apart. */
const CORNER: BranchMeasurements = {
  segment: 2,
  points: Float32Array.of(0, 0, 0, 3, 0, 0, 3, 4, 0),
  length: 7,
  minDiameter: 1.5,
  meanDiameter: 10 / 3,
  maxDiameter: 4.25,
  narrowest: 1,
  stenosis: { percent: 62.5, method: 'NASCET' },
};

/** A ring: its ends meet, so it has no tortuosity. */
const RING: BranchMeasurements = {
  segment: 1,
  points: Float32Array.of(-12.5, 33.25, 0.1, -11, 34, 0.1, -10, 33, 0.2, -12.5, 33.25, 0.1),
  length: 6.28,
  minDiameter: 2,
  meanDiameter: 2,
  maxDiameter: 2,
};

/** A second branch in the segment of the ring. */
const STRAIGHT: BranchMeasurements = {
  segment: 1,
  points: Float32Array.of(0, 0, 0, 0, 0, 1e-3, 0, 0, 12.3),
  length: Math.fround(12.3),
  minDiameter: 0.4,
  meanDiameter: 0.5,
  maxDiameter: 0.6,
  narrowest: 0,
};

/** Three branches in two segments, with quality control, and changes. */
export const srRequest = (changes: Partial<SrRequest> = {}): SrRequest => ({
  branches: [CORNER, RING, STRAIGHT],
  qc: { betti: { b0: 2, b1: 1, b2: 0 }, findings: 3, verdict: 'review' },
  seg: {
    sopClassUID: '1.2.840.10008.5.1.4.1.1.66.4',
    sopInstanceUID: '1.2.826.0.1.500',
    seriesInstanceUID: '1.2.826.0.1.501',
  },
  segments: [VESSELS, LEFT_ICA, ANEURYSM],
  sources: seriesOn(gridOf([5, 4, 3])),
  software: { name: 'ohif-vessels', version: '0.1.0' },
  now: new Date(2026, 5, 7, 8, 9, 10),
  ...changes,
});
