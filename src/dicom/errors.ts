import { InputError } from '../volume/errors';

/** What a refusal of a DICOM object says. */
export interface Refusal {
  /** Stable name of the reason. */
  readonly code: string;
  /** The element at fault, `(gggg,eeee)`. */
  readonly tag: string;
  /** The clause of the standard that it breaks, or that we hold it to: `PS3.5 7.1`. */
  readonly rule: string;
  /** What is wrong and where, naming the tag; no full stop. */
  readonly what: string;
  /** What the user can do; no full stop. */
  readonly advice: string;
}

/** A DICOM object that cannot be used: which element breaks which rule. Never holds a value of the patient. */
export class DicomError extends InputError {
  readonly tag: string;
  readonly rule: string;

  constructor({ code, tag, rule, what, advice }: Refusal) {
    super(code, `${what} (${rule}); ${advice}.`);
    this.tag = tag;
    this.rule = rule;
  }
}
