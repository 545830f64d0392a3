/** One element of the DICOM JSON Model (PS3.18 F.2). */
export interface JsonElement {
  readonly vr: string;
  readonly Value?: readonly unknown[];
  /** Base64. */
  readonly InlineBinary?: string;
}

/** A dataset of the DICOM JSON Model: elements by tag, eight hexadecimal digits in upper case. */
export type JsonDataset = Readonly<Record<string, JsonElement>>;

/** Where the pixel data of a file is. */
export interface PixelLocation {
  /** Of the first byte of the value in the file. */
  readonly offset: number;
  /** Bytes of a native value; of encapsulated pixel data it is not known before the fragments are read. */
  readonly length: number;
  readonly encapsulated: boolean;
}

/** A composite instance that is stored in one Part 10 file. */
export interface Instance {
  readonly file: string;
  readonly study: string;
  readonly series: string;
  readonly sop: string;
  readonly sopClass: string;
  readonly transferSyntax: string;
  readonly pixels?: PixelLocation;
  /** The whole dataset without pixel data as JSON text: parsed values of a large archive would fill the memory. */
  readonly metadata: string;
  /** The attributes that queries match and return. */
  readonly attributes: JsonDataset;
}

/** @returns the first value of an element as text, or an empty text */
export function textOf(dataset: JsonDataset, tag: string): string {
  const value = dataset[tag]?.Value?.[0];
  if (value === undefined || value === null) return '';
  return typeof value === 'object'
    ? String((value as { Alphabetic?: string }).Alphabetic ?? '')
    : String(value);
}

/** @returns the first value of an element as a number, or the default when it is absent */
export function numberOf(dataset: JsonDataset, tag: string, absent = 0): number {
  const text = textOf(dataset, tag);
  return text === '' ? absent : Number(text);
}
