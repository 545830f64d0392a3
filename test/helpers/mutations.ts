import { decodePart10, encodePart10 } from '@vessels/dicom/part10';
import type { NaturalDataset } from '@vessels/dicom/types';

/** Numbers that seem random, the same for a seed everywhere (mulberry32). */
export class Random {
  constructor(private state: number) {}

  /** A whole number below n. */
  below(n: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % n;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!;
  }
}

type Mutate = (file: Uint8Array, random: Random, others: readonly Uint8Array[]) => Uint8Array;

/** The data set begins after preamble, prefix and the first element of the meta group. */
const START = 132;

const LONG = /^(O[A-Z]|SQ|SV|U[CNRTV])$/;
const UNDEFINED = 0xffffffff;

/** An element of explicit little endian: where it begins, and where its length stands. */
interface Place {
  readonly start: number;
  readonly lengthAt: number;
  readonly lengthSize: 2 | 4;
  readonly valueAt: number;
  readonly end: number;
  readonly sequence: boolean;
}

/** Deeper than any real file; damaged ones go much deeper. */
const MAX_DEPTH = 16;

/** The elements, items and fragments of a file, sequences too, as far as they can be followed. */
function placesOf(file: Uint8Array): Place[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const places: Place[] = [];
  const walk = (from: number, to: number, depth: number): void => {
    for (let at = from; at + 8 <= to;) {
      const group = view.getUint16(at, true);
      const vr = String.fromCharCode(file[at + 4]!, file[at + 5]!);
      const isItem = group === 0xfffe;
      const isLong = isItem || LONG.test(vr);
      const lengthAt = isItem ? at + 4 : isLong ? at + 8 : at + 6;
      if (lengthAt + 4 > to) return;
      const length = isLong ? view.getUint32(lengthAt, true) : view.getUint16(lengthAt, true);
      const valueAt = lengthAt + (isLong ? 4 : 2);
      const isOpen = length === UNDEFINED;
      const end = isOpen ? to : valueAt + length;
      if (end > to) return;
      const sequence = vr === 'SQ' || isItem || isOpen;
      places.push({ start: at, lengthAt, lengthSize: isLong ? 4 : 2, valueAt, end, sequence });
      if (sequence && depth < MAX_DEPTH) walk(valueAt, end, depth + 1);
      at = end;
    }
  };
  walk(START, file.length, 0);
  return places;
}

const WILD_LENGTHS = [
  0,
  1,
  2,
  7,
  0xfffe,
  0xffff,
  0x10000,
  0x7fffffff,
  0x80000000,
  0xfffffffe,
  UNDEFINED,
];
const WILD_BYTES = [0, 1, 0x7f, 0x80, 0xff];

const flipBits: Mutate = (file, random) => {
  const copy = file.slice();
  for (let n = 1 + random.below(random.pick([2, 8, 40])); n > 0; n--)
    copy[START + random.below(copy.length - START)]! ^= 1 << random.below(8);
  return copy;
};

const overwrite: Mutate = (file, random) => {
  const copy = file.slice();
  for (let n = 1 + random.below(10); n > 0; n--) {
    const at = START + random.below(copy.length - START);
    copy.fill(random.pick(WILD_BYTES), at, at + 1 + random.below(16));
  }
  return copy;
};

const truncate: Mutate = (file, random) => file.slice(0, random.below(file.length));

const wildLength: Mutate = (file, random) => {
  const copy = file.slice();
  const view = new DataView(copy.buffer);
  const places = placesOf(file);
  for (let n = 1 + random.below(3); n > 0 && places.length > 0; n--) {
    const { lengthAt, lengthSize, end, valueAt } = random.pick(places);
    const near = end - valueAt + random.below(9) - 4;
    const length = random.below(3) ? random.pick(WILD_LENGTHS) : near;
    if (lengthSize === 2) view.setUint16(lengthAt, length & 0xffff, true);
    else view.setUint32(lengthAt, length >>> 0, true);
  }
  return copy;
};

const joined = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts));

/** Cut an element out, or put one in once more; the lengths around it stay as they were. */
const cutOrRepeat: Mutate = (file, random) => {
  const places = placesOf(file);
  if (places.length === 0) return truncate(file, random, []);
  const { start, end } = random.pick(places);
  return random.below(2)
    ? joined(file.subarray(0, start), file.subarray(end))
    : joined(file.subarray(0, end), file.subarray(start));
};

const splice: Mutate = (file, random, others) => {
  const other = random.pick(others);
  const [a, b] = [START + random.below(file.length - START), random.below(other.length)];
  return joined(file.subarray(0, a), other.subarray(b, b + random.below(4096)), file.subarray(a));
};

const uint32 = (value: number) => {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value >>> 0, true);
  return bytes;
};
const repeated = (part: Uint8Array, count: number) =>
  new Uint8Array(Buffer.alloc(part.length * count, part));
const ITEM = Uint8Array.of(0xfe, 0xff, 0x00, 0xe0);
/** Content Sequence (0040,A730), which may hold itself. */
const SEQUENCE = Uint8Array.of(0x40, 0x00, 0x30, 0xa7, 0x53, 0x51, 0, 0);

/** Sequences within sequences, open or with lengths that all reach to the end of the file and beyond. */
const nest: Mutate = (file, random) => {
  const length = uint32(random.pick([UNDEFINED, 0x7ffffff0, file.length]));
  const level = joined(SEQUENCE, length, ITEM, length);
  const levels = repeated(level, 1 + random.below(4000));
  const places = placesOf(file);
  const at = places.length > 0 ? random.pick(places).start : START;
  return joined(file.subarray(0, at), levels, file.subarray(at));
};

/** A sequence of very many empty items. */
const manyItems: Mutate = (file, random) => {
  const count = 1 + random.below(60_000);
  const places = placesOf(file).filter(({ sequence }) => !sequence);
  const at = places.length > 0 ? random.pick(places).start : file.length;
  const body = joined(SEQUENCE, uint32(8 * count), repeated(joined(ITEM, uint32(0)), count));
  return joined(file.subarray(0, at), body, file.subarray(at));
};

const WILD_TEXT = [
  '',
  ' ',
  '0',
  '-1',
  '1e308',
  '-1e308',
  '1e-308',
  'NaN',
  '65536',
  '4294967296',
  'x\\y',
  '1\\1\\1\\1\\1\\1\\1',
  '0\\0\\0',
  '1\\0\\0\\1\\0\\0',
];
const WILD_NUMBERS = [0, 1, 2, 3, 7, 255, 256, 32768, 65535];

/** Whether a value is a sequence: names of persons are objects too. */
const isSequence = (value: unknown): value is NaturalDataset[] =>
  Array.isArray(value) &&
  value.every((item) => item !== null && typeof item === 'object' && !('Alphabetic' in item));

/** Values by what they were; sequences lose, repeat or empty items. */
function wildValue(value: unknown, random: Random): unknown {
  if (isSequence(value))
    return random.pick<unknown>([
      [],
      value.slice(1),
      [...value, ...value],
      [...value].reverse(),
      [{}],
    ]);
  if (typeof value === 'number' && random.below(2)) return random.pick(WILD_NUMBERS);
  return random.pick<unknown>([...WILD_TEXT, null]);
}

/** A data set with one element changed or taken out, on any level. */
function changeOne(dataset: NaturalDataset, random: Random): NaturalDataset {
  const keywords = Object.keys(dataset).filter(
    (keyword) => dataset[keyword] !== undefined && !(dataset[keyword] instanceof ArrayBuffer),
  );
  if (keywords.length === 0) return dataset;
  const keyword = random.pick(keywords);
  const value = dataset[keyword];
  if (isSequence(value) && value.length > 0 && random.below(4)) {
    const at = random.below(value.length);
    const items = value.map((item, i) => (i === at ? changeOne(item, random) : item));
    return { ...dataset, [keyword]: items };
  }
  return { ...dataset, [keyword]: random.below(3) ? wildValue(value, random) : undefined };
}

/** Well-formed, but with missing tags, wild values and wrong counts. */
const otherValues: Mutate = (file, random) => {
  const { transferSyntaxUID, dataset, pixelData } = decodePart10(new Uint8Array(file).buffer);
  let changed = dataset;
  for (let n = 1 + random.below(3); n > 0; n--) changed = changeOne(changed, random);
  if (!pixelData) return new Uint8Array(encodePart10(changed, transferSyntaxUID));
  const frames = random.below(6) ? pixelData : pixelData.slice(random.below(2)).reverse();
  const PixelData = pixelData.length > 1 ? frames : pixelData[0];
  return new Uint8Array(encodePart10({ ...changed, PixelData }, transferSyntaxUID));
};

/** What can happen to a file, by name. */
export const MUTATIONS: Readonly<Record<string, Mutate>> = Object.freeze({
  truncate,
  flipBits,
  overwrite,
  wildLength,
  cutOrRepeat,
  splice,
  nest,
  manyItems,
  otherValues,
  otherValuesToo: otherValues,
});
