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
 * The values that would stand at some ranks (from 0) if the voxels were sorted, by histograms over the upper and
 * then the lower 16 bits of the keys: two looks at each voxel, no copy of the volume.
 */
function valuesAtRanks(data: Voxels, ranks: readonly number[]): number[] {
  const upper = new Uint32Array(BINS);
  eachChunkOfKeys(data, (keys) => {
    for (let i = 0; i < keys.length; i++) upper[keys[i] >>> 16]++;
  });

  const places = ranks.map((rank) => ({ ...binOfRank(upper, rank), rank }));
  const bins = [...new Set(places.map(({ bin }) => bin))];
  const lower = new Uint32Array(bins.length * BINS);
  const slots = new Int8Array(BINS).fill(-1);
  bins.forEach((bin, slot) => (slots[bin] = slot));
  eachChunkOfKeys(data, (keys) => {
    for (let i = 0; i < keys.length; i++) {
      const slot = slots[keys[i] >>> 16];
      if (slot >= 0) lower[(slot << 16) | (keys[i] & 0xffff)]++;
    }
  });
  return places.map(({ bin, before, rank }) => {
    const slot = slots[bin];
    const histogram = lower.subarray(slot * BINS, (slot + 1) * BINS);
    const low = binOfRank(histogram, rank - before).bin;
    return valueOfKey(((bin << 16) | low) >>> 0, data instanceof Float32Array);
  });
}

/**
 * Percentiles (0 to 100, at most 60 of them) of all voxels, linear between the two nearest ranks as numpy's
 * default. Exact, without sorting. Values must be finite, and there must be at least one.
 */
export function percentiles(data: Voxels, wanted: readonly number[]): number[] {
  const places = wanted.map((percentile) => (percentile / 100) * (data.length - 1));
  const values = valuesAtRanks(
    data,
    places.flatMap((place) => [Math.floor(place), Math.ceil(place)]),
  );
  return places.map((place, i) => {
    const [low, high] = [values[2 * i], values[2 * i + 1]];
    return low + (place - Math.floor(place)) * (high - low);
  });
}
