import { InputError } from '../../volume/errors';
import type { Software } from '../seg/write/sourceModules';
import { type Keyword, tagName } from '../tags';
import type { InstanceReference, NaturalDataset, SegmentDescription } from '../types';
import { textOf } from '../values';
import type { BranchMeasurements, TopologyQc } from './measurements';

/** What an SR is made of. */
export interface SrRequest {
  readonly branches: readonly BranchMeasurements[];
  readonly qc?: TopologyQc;
  /** The SEG whose segments the branches name; stored before or with the SR. */
  readonly seg: InstanceReference;
  /** As the SEG describes them. */
  readonly segments: readonly SegmentDescription[];
  /** Data sets of the source images of the SEG, of one series; of a multi-frame image, those of `imageFrames`. */
  readonly sources: readonly NaturalDataset[];
  /** That of the sources unless said. */
  readonly frameOfReferenceUID?: string;
  /** What measured. */
  readonly software: Software;
  /** Who looked at it, `Family^Given`; then named as observer besides the program. */
  readonly observer?: string;
  /** Of a series that is no regular grid: one sentence on how it was resampled before it was measured. */
  readonly resampled?: string;
  /** An SR of the same study that this one replaces; it stays as it is. */
  readonly predecessor?: InstanceReference;
  readonly seriesNumber?: number;
  readonly seriesDescription?: string;
  readonly now?: Date;
  /** The same seed gives the same UIDs, for samples and tests; new ones when absent. */
  readonly seed?: string;
}

const NEEDED: readonly Keyword[] = [
  'SOPClassUID',
  'SOPInstanceUID',
  'SeriesInstanceUID',
  'StudyInstanceUID',
];

/** Graphic Data are floats in an element of at most 65534 bytes (PS3.5 7.1.2). */
const MAX_POINTS = Math.floor(0xfffe / 12);

function checkSources({ sources }: SrRequest): void {
  if (sources.length === 0)
    throw new InputError(
      'sr.sources',
      'The report names no source images; hand over those of the SEG.',
    );
  for (const keyword of NEEDED)
    if (sources.some((source) => !textOf(source, keyword)))
      throw new InputError(
        'sr.missing-tag',
        `${tagName(keyword)} is missing in the source images, so the report cannot refer to them; load the series from a DICOM server or folder.`,
      );
  for (const keyword of ['StudyInstanceUID', 'SeriesInstanceUID'] as const)
    if (sources.some((source) => textOf(source, keyword) !== textOf(sources[0]!, keyword)))
      throw new InputError(
        'sr.sources',
        `${tagName(keyword)} differs among the source images; report on one series at a time.`,
      );
}

function checkPoints({ points, narrowest }: BranchMeasurements, name: string): void {
  const count = points.length / 3;
  if (!Number.isInteger(count) || count < 2 || count > MAX_POINTS || !points.every(Number.isFinite))
    throw new InputError(
      'sr.points',
      `points of ${name} must be 2 to ${MAX_POINTS} finite triples x, y, z, but are ${points.length} numbers.`,
    );
  if (
    narrowest !== undefined &&
    !(Number.isInteger(narrowest) && narrowest >= 0 && narrowest < count)
  )
    throw new InputError(
      'sr.points',
      `narrowest of ${name} must be the index of one of its ${count} points, but is ${narrowest}.`,
    );
}

/** Measures that are lengths. */
const LENGTHS = ['length', 'minDiameter', 'meanDiameter', 'maxDiameter'] as const;

function checkBranch(branch: BranchMeasurements, name: string): void {
  checkPoints(branch, name);
  for (const key of LENGTHS)
    if (!(Number.isFinite(branch[key]) && branch[key] >= 0))
      throw new InputError(
        'sr.value',
        `${key} of ${name} must be a finite number of mm and not below 0, but is ${branch[key]}.`,
      );
  const percent = branch.stenosis?.percent ?? 0;
  if (!(Number.isFinite(percent) && percent <= 100))
    throw new InputError(
      'sr.value',
      `stenosis of ${name} must be a finite number of at most 100 %, but is ${percent}.`,
    );
}

function checkQc({ betti, findings }: TopologyQc): void {
  for (const [key, count] of Object.entries({ ...betti, findings }))
    if (!Number.isInteger(count) || count < 0)
      throw new InputError(
        'sr.value',
        `${key} of the quality control must be a whole number and not below 0, but is ${count}.`,
      );
}

/**
 * Refuse what cannot become an SR.
 *
 * @throws InputError `sr.empty`, `sr.sources`, `sr.missing-tag`, `sr.segment`, `sr.points`, `sr.value`
 */
export function checkRequest(request: SrRequest): void {
  const { branches, qc, segments } = request;
  checkSources(request);
  if (branches.length === 0 && !qc)
    throw new InputError(
      'sr.empty',
      'There is neither a branch nor a result of quality control to report; measure the vessels first.',
    );
  const numbers = new Set(segments.map(({ number }) => number));
  branches.forEach((branch, i) => {
    const name = `branch ${i + 1}`;
    if (!numbers.has(branch.segment))
      throw new InputError(
        'sr.segment',
        `${name} runs in segment ${branch.segment}, but no segment has that number; name the segment of the SEG that holds it.`,
      );
    checkBranch(branch, name);
  });
  if (qc) checkQc(qc);
}

/**
 * Frame of reference of the centerlines, which is that of the sources.
 *
 * @throws InputError `sr.frame-of-reference`
 */
export function frameOfReference({ frameOfReferenceUID, sources }: SrRequest): string {
  const uid = frameOfReferenceUID ?? textOf(sources[0]!, 'FrameOfReferenceUID');
  if (uid) return uid;
  throw new InputError(
    'sr.frame-of-reference',
    `${tagName('FrameOfReferenceUID')} is missing in the source images, so the centerlines would have no place in the patient; choose another series.`,
  );
}
