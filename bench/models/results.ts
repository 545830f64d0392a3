import type { Agreement } from './judge';

/** One method on one set; on several volumes, the mean. */
export interface Row extends Agreement {
  readonly model: string;
  readonly set: string;
  readonly method: string;
  /** Components of the whole mask, before the largest alone is judged. */
  readonly components: number;
  /** Share of the truth's skeleton that the whole mask covers, where the scores are cut to a region. */
  readonly wholeTsens: number;
  /** Expected calibration error; nets alone. */
  readonly ece: number | null;
}

/** A set without a truth: what there is to say beside the picture. */
export interface Look {
  readonly model: string;
  readonly set: string;
  readonly components: number;
  readonly ml: number;
  /** The largest component but one: of a head's CT, what is left of the skull base. */
  readonly secondMl: number;
}
