/** What a score is where prediction or reference hold no voxel. */
export interface EmptyScores {
  /** Overlap scores where neither holds a voxel. */
  readonly bothEmpty: number;
  /** Overlap scores where one of them holds none. */
  readonly oneEmpty: number;
  /** Distances where neither holds a voxel, mm. */
  readonly bothEmptyDistance: number;
  /** Distances where one of them holds none: mm, or the diagonal of the volume from corner to corner. */
  readonly oneEmptyDistance: number | 'diagonal';
  /** What stands for the tubed skeleton of a class that has voxels but none in the tube. */
  readonly withoutTube: 'voxels' | 'nothing';
}

/**
 * Scores of empty masks, in all metrics of this folder.
 *
 * - `agreement`: two empty masks agree. A distance to nothing is the largest that the volume allows.
 * - `topcow`: as TopCoW's evaluation; where no class is present at all, every score and distance is 0.
 *
 * A skeleton that is empty though its mask is not (`compatible` thinning loses small blocks) scores as one empty.
 */
export const EMPTY_SCORES = Object.freeze({
  agreement: Object.freeze({
    bothEmpty: 1,
    oneEmpty: 0,
    bothEmptyDistance: 0,
    oneEmptyDistance: 'diagonal',
    withoutTube: 'voxels',
  }),
  topcow: Object.freeze({
    bothEmpty: 0,
    oneEmpty: 0,
    bothEmptyDistance: 0,
    oneEmptyDistance: 90,
    withoutTube: 'nothing',
  }),
}) satisfies Readonly<Record<string, EmptyScores>>;

export type EmptyPolicy = keyof typeof EMPTY_SCORES;

/** part / whole; where whole is 0, the policy's score. */
export function share(
  part: number,
  whole: number,
  bothEmpty: boolean,
  policy: EmptyPolicy,
): number {
  if (whole > 0) return part / whole;
  const scores = EMPTY_SCORES[policy];
  return bothEmpty ? scores.bothEmpty : scores.oneEmpty;
}
