import { InputError } from '../volume/errors';
import { type Keyword, tagOf } from './tags';

/** What a refusal of a series says. */
export interface SeriesFault {
  /** Stable name of the reason. */
  readonly code: string;
  /** The element at fault. */
  readonly keyword: Keyword;
  /** Names of the images at fault, as the message calls them. */
  readonly images: readonly string[];
  /** What is wrong and where, naming the tag; no full stop. */
  readonly what: string;
  /** What the user can do; no full stop. */
  readonly advice: string;
  /** Whether `resampleSeries` can make a regular grid of it, if the user agrees. */
  readonly resample?: boolean;
}

/** A series that is no regular grid: which element of which images says so. Never holds a value of the patient. */
export class SeriesError extends InputError {
  /** `(gggg,eeee)` */
  readonly tag: string;
  readonly images: readonly string[];
  readonly resample: boolean;

  constructor({ code, keyword, images, what, advice, resample = false }: SeriesFault) {
    super(code, `${what}; ${advice}.`);
    this.tag = tagOf(keyword);
    this.images = images;
    this.resample = resample;
  }
}
