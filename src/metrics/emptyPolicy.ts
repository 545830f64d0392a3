/** What an overlap score is where prediction or reference hold no voxel. */
export interface EmptyScores {
  /** Neither holds a voxel. */
  readonly bothEmpty: number;
  /** One of them holds none. */
  readonly oneEmpty: number;
}

/**
 * Scores of empty masks, in all metrics of this folder.
 *
 * | policy      | both empty                       | one empty |
 * | ----------- | -------------------------------- | --------- |
 * | `agreement` | 1: they agree that there is none | 0         |
 * | `topcow`    | 0: as TopCoW's evaluation        | 0         |
 *
 * A skeleton that is empty though its mask is not (`compatible` thinning loses small blocks) scores as one empty.
 */
export const EMPTY_SCORES = Object.freeze({
  agreement: Object.freeze({ bothEmpty: 1, oneEmpty: 0 }),
  topcow: Object.freeze({ bothEmpty: 0, oneEmpty: 0 }),
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
