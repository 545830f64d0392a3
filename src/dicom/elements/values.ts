import { decodeText } from './text';

type Decode = (bytes: Uint8Array, characterSets: readonly string[]) => unknown[];

/** Padding at the end means nothing: blanks, and the zero that UIDs have (PS3.5 6.2). */
const trimEnd = (text: string): string => text.replace(/[\0 ]+$/, '');

/** Several values, apart by backslashes; an empty element has none. */
const several = (text: string): string[] =>
  trimEnd(text) === '' ? [] : text.split('\\').map((one) => trimEnd(one).trimStart());

const strings: Decode = (bytes, sets) => several(decodeText(bytes, sets));

/** One value in which backslashes and leading blanks belong to the text. */
const text: Decode = (bytes, sets) => {
  const value = trimEnd(decodeText(bytes, sets));
  return value === '' ? [] : [value];
};

/** Numbers written as text; what is no number stays text, so that whoever needs it can say so. */
const decimals: Decode = (bytes, sets) =>
  several(decodeText(bytes, sets)).map((one) => {
    const number = Number(one);
    return one === '' ? null : Number.isNaN(number) ? one : number;
  });

const NAME_GROUPS = ['Alphabetic', 'Ideographic', 'Phonetic'] as const;

/** Names as DICOM's JSON has them (PS3.18 F.2.2). */
const names: Decode = (bytes, sets) =>
  several(decodeText(bytes, sets)).map((name) =>
    Object.fromEntries(
      name
        .split('=')
        .flatMap((part, i) => (part && NAME_GROUPS[i] ? [[NAME_GROUPS[i], part]] : [])),
    ),
  );

const numbers =
  (size: number, read: (view: DataView, at: number) => number): Decode =>
  (bytes) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return Array.from({ length: Math.floor(bytes.length / size) }, (_, i) => read(view, i * size));
  };

const binary: Decode = (bytes) => (bytes.length > 0 ? [bytes.slice().buffer] : []);

/** Values by value representation (PS3.5 6.2). */
export const DECODE: Readonly<Record<string, Decode>> = Object.freeze({
  AE: strings,
  AS: strings,
  AT: numbers(4, (v, at) => v.getUint16(at, true) * 0x10000 + v.getUint16(at + 2, true)),
  CS: strings,
  DA: strings,
  DS: decimals,
  DT: strings,
  FD: numbers(8, (v, at) => v.getFloat64(at, true)),
  FL: numbers(4, (v, at) => v.getFloat32(at, true)),
  IS: decimals,
  LO: strings,
  LT: text,
  OB: binary,
  OD: binary,
  OF: binary,
  OL: binary,
  OV: binary,
  OW: binary,
  PN: names,
  SH: strings,
  SL: numbers(4, (v, at) => v.getInt32(at, true)),
  SS: numbers(2, (v, at) => v.getInt16(at, true)),
  ST: text,
  SV: numbers(8, (v, at) => Number(v.getBigInt64(at, true))),
  TM: strings,
  UC: strings,
  UI: strings,
  UL: numbers(4, (v, at) => v.getUint32(at, true)),
  UN: binary,
  UR: text,
  US: numbers(2, (v, at) => v.getUint16(at, true)),
  UT: text,
  UV: numbers(8, (v, at) => Number(v.getBigUint64(at, true))),
});

/** Value representations whose length takes 4 bytes, after 2 that are reserved (PS3.5 7.1.2). */
export const LONG: ReadonlySet<string> = new Set(
  'OB OD OF OL OV OW SQ SV UC UN UR UT UV'.split(' '),
);
