import type { Voxels } from '../volume/volume';

const BINS = 2 ** 16;
const SIGN = 0x80000000;

/** Voxels whose keys are made at once. */
const CHUNK = 2 ** 16;

/**
 * Visit the voxels as unsigned 32-bit keys that sort as the values do. Negative floats sort backwards by their
 * bits, so all of their bits are flipped; of any other number only the sign bit is.
 */
function eachChunkOfKeys(data: Voxels, visit: (keys: Uint32Array) => void): void {
  const keys = new Uint32Array(Math.min(CHUNK, data.length));
  const bits =
    data instanceof Float32Array
      ? new Int32Array(data.buffer, data.byteOffset, data.length)
      : undefined;
  for (let start = 0; start < data.length; start += CHUNK) {
    const count = Math.min(CHUNK, data.length - start);
    if (bits)
      for (let i = 0; i < count; i++) {
        const word = bits[start + i];
        keys[i] = word ^ ((word >> 31) | SIGN);
      }
    else for (let i = 0; i < count; i++) keys[i] = data[start + i] ^ SIGN;
    visit(keys.subarray(0, count));
  }
}

/** What is added to values of 8 and 16 bits so that they count from 0; they are their own bins. */
const biasOf = (part: Voxels): number | undefined => {
  if (part.BYTES_PER_ELEMENT > 2) return undefined;
  return part instanceof Int8Array || part instanceof Int16Array ? BINS / 2 : 0;
};

/** The value that has a key. */
function valueOfKey(key: number, isFloat: boolean): number {
  if (!isFloat) return key ^ SIGN;
  const word = Uint32Array.of(key & SIGN ? key ^ SIGN : ~key);
  return new Float32Array(word.buffer)[0];
}

/** The bin that holds the value of a rank, and how many values lie in the bins before it. */
function binOfRank(histogram: Uint32Array, rank: number) {
  let before = 0;
  let bin = 0;
  while (before + histogram[bin] <= rank) before += histogram[bin++];
  return { bin, before };
}

/**
 * The percentiles of values that come in parts, twice in any order: by histograms over the upper and then the lower 16
 * bits of their keys. Exact, without sorting and without a copy; all parts are of one type, their values finite. Values
 * of 8 and 16 bits are found by their own histogram at the first look.
 */
export class PercentileSearch {
  private readonly upper = new Uint32Array(BINS);
  private readonly slots = new Int8Array(BINS).fill(-1);
  private lower = new Uint32Array(0);
  private places: readonly {
    readonly bin: number;
    readonly before: number;
    readonly rank: number;
  }[] = [];
  private count = 0;
  private isFloat = false;
  private bias: number | undefined;

  /** @param wanted 0 to 100, at most 60 of them */
  constructor(private readonly wanted: readonly number[]) {}

  /** The first look at a part. */
  look(part: Voxels): void {
    const { upper } = this;
    const bias = (this.bias = biasOf(part));
    this.isFloat = part instanceof Float32Array;
    this.count += part.length;
    if (bias !== undefined) {
      for (let i = 0; i < part.length; i++) upper[part[i] + bias]++;
      return;
    }
    eachChunkOfKeys(part, (keys) => {
      for (let i = 0; i < keys.length; i++) upper[keys[i] >>> 16]++;
    });
  }

  /** Whether the first looks told all. */
  get isDone(): boolean {
    return this.bias !== undefined;
  }

  /** The second look, when all parts have had their first; where these did not tell all. */
  lookAgain(part: Voxels): void {
    if (this.places.length === 0) this.findBins();
    const { lower, slots } = this;
    eachChunkOfKeys(part, (keys) => {
      for (let i = 0; i < keys.length; i++) {
        const slot = slots[keys[i] >>> 16];
        if (slot >= 0) lower[(slot << 16) | (keys[i] & 0xffff)]++;
      }
    });
  }

  /** Linear between the two nearest ranks, as numpy's default. */
  values(): number[] {
    const atRanks = this.bias === undefined ? this.valuesAtPlaces() : this.narrowValues(this.bias);
    return this.wanted.map((percentile, i) => {
      const place = this.placeOf(percentile);
      const [low, high] = [atRanks[2 * i], atRanks[2 * i + 1]];
      return low + (place - Math.floor(place)) * (high - low);
    });
  }

  private valuesAtPlaces(): number[] {
    return this.places.map(({ bin, before, rank }) => {
      const slot = this.slots[bin];
      const histogram = this.lower.subarray(slot * BINS, (slot + 1) * BINS);
      const low = binOfRank(histogram, rank - before).bin;
      return valueOfKey(((bin << 16) | low) >>> 0, this.isFloat);
    });
  }

  private narrowValues(bias: number): number[] {
    return this.ranks().map((rank) => binOfRank(this.upper, rank).bin - bias);
  }

  /** Of each percentile the two nearest ones. */
  private ranks(): number[] {
    return this.wanted
      .map((percentile) => this.placeOf(percentile))
      .flatMap((place) => [Math.floor(place), Math.ceil(place)]);
  }

  private placeOf(percentile: number): number {
    return (percentile / 100) * (this.count - 1);
  }

  private findBins(): void {
    this.places = this.ranks().map((rank) => ({ ...binOfRank(this.upper, rank), rank }));
    const bins = [...new Set(this.places.map(({ bin }) => bin))];
    bins.forEach((bin, slot) => (this.slots[bin] = slot));
    this.lower = new Uint32Array(bins.length * BINS);
  }
}

/**
 * Percentiles (0 to 100, at most 60 of them) of all voxels, linear between the two nearest ranks as numpy's
 * default. Exact, without sorting. Values must be finite, and there must be at least one.
 */
export function percentiles(data: Voxels, wanted: readonly number[]): number[] {
  const search = new PercentileSearch(wanted);
  search.look(data);
  if (!search.isDone) search.lookAgain(data);
  return search.values();
}
