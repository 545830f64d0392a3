// Packed masks as in src/volume/bits.ts, read 64 voxels at a time: rows are whole numbers of 64-bit words there.

/** Bits of 16 bytes: 1 where the byte reaches the least. */
// @ts-ignore: decorator
@inline
function bitsOf(bytes: v128, least: v128): u64 {
  return <u64>i8x16.bitmask(v128.ge<u8>(bytes, least));
}

/** Bits of 64 bytes; most of a mask is empty, which one test tells. */
// @ts-ignore: decorator
@inline
function sixtyFour(at: usize, least: v128): u64 {
  const a = v128.load(at);
  const b = v128.load(at, 16);
  const c = v128.load(at, 32);
  const d = v128.load(at, 48);
  // No byte is greater than the bits of all together.
  if (!v128.any_true(v128.ge<u8>(v128.or(v128.or(a, b), v128.or(c, d)), least))) return 0;
  return bitsOf(a, least) | (bitsOf(b, least) << 16) | (bitsOf(c, least) << 32) | (bitsOf(d, least) << 48);
}

/**
 * Pack one plane of bytes, ny rows of nx, behind the margin: bit x + 1 of row y + 1. Reads up to 63 bytes past
 * the plane. Notes in `occupied` the rows that hold foreground.
 * @param least bytes from this on are foreground
 * @returns the number of foreground voxels
 */
export function packPlane(
  bytes: usize,
  nx: i32,
  ny: i32,
  words: usize,
  rowBytes: i32,
  occupied: usize,
  least: i32,
): i32 {
  const leasts = i8x16.splat(<i8>least);
  let count: i32 = 0;
  for (let y = 0; y < ny; y++) {
    const from = bytes + <usize>y * <usize>nx;
    let to = words + <usize>(y + 1) * <usize>rowBytes;
    let carry: u64 = 0;
    let any: u64 = 0;
    for (let x = 0; x < nx; x += 64) {
      let word = sixtyFour(from + <usize>x, leasts);
      if (nx - x < 64) word &= (1 << <u64>(nx - x)) - 1;
      store<u64>(to, (word << 1) | carry);
      carry = word >> 63;
      any |= word;
      if (word !== 0) count += <i32>popcnt(word);
      to += 8;
    }
    // The last voxel of a row of 64, 128, … lies in the word behind, which may hold that of a former plane.
    if ((nx & 63) === 0) store<u64>(to, carry);
    store<u8>(occupied + <usize>y + 1, any !== 0 ? 1 : 0);
  }
  return count;
}

/** Transpose a 64×64 block of bits in place: bit c of word r goes to bit r of word c (Hacker's Delight 7-3). */
function transposeBlock(block: usize): void {
  let mask: u64 = 0x00000000ffffffff;
  for (let half: i32 = 32; half !== 0; half >>= 1, mask ^= mask << <u64>half) {
    for (let r: i32 = 0; r < 64; r = (r + half + 1) & ~half) {
      const low = block + (<usize>r << 3);
      const high = low + (<usize>half << 3);
      const a = load<u64>(low);
      const b = load<u64>(high);
      const swap = ((a >> <u64>half) ^ b) & mask;
      store<u64>(low, a ^ (swap << <u64>half));
      store<u64>(high, b ^ swap);
    }
  }
}

/**
 * Exchange the bit axis and the plane axis of a packed mask, margins included. `to` must be zero.
 *
 * @param planesFrom planes of `from`, as many as `to` has bits
 * @param planesTo planes of `to`, as many as `from` has bits
 * @param block 512 bytes of scratch
 */
export function transposePlanes(
  from: usize,
  to: usize,
  rowsPerPlane: i32,
  planesFrom: i32,
  rowBytesFrom: i32,
  planesTo: i32,
  rowBytesTo: i32,
  occupiedTo: usize,
  block: usize,
): void {
  const planeBytesFrom = <usize>rowsPerPlane * <usize>rowBytesFrom;
  const planeBytesTo = <usize>rowsPerPlane * <usize>rowBytesTo;
  for (let row = 1; row < rowsPerPlane - 1; row++) {
    for (let plane = 0; plane < planesFrom; plane += 64) {
      const height = min(64, planesFrom - plane);
      for (let column = 0; column < planesTo; column += 64) {
        let source = from + <usize>plane * planeBytesFrom + <usize>row * <usize>rowBytesFrom + <usize>(column >> 3);
        let any: u64 = 0;
        for (let r = 0; r < height; r++) {
          const word = load<u64>(source);
          store<u64>(block + (<usize>r << 3), word);
          any |= word;
          source += planeBytesFrom;
        }
        if (any === 0) continue;
        for (let r = height; r < 64; r++) store<u64>(block + (<usize>r << 3), 0);
        transposeBlock(block);
        const width = min(64, planesTo - column);
        for (let c = 0; c < width; c++) {
          const word = load<u64>(block + (<usize>c << 3));
          if (word === 0) continue;
          const target = <usize>(column + c);
          store<u64>(to + target * planeBytesTo + <usize>row * <usize>rowBytesTo + <usize>(plane >> 3), word);
          store<u8>(occupiedTo + target * <usize>rowsPerPlane + <usize>row, 1);
        }
      }
    }
  }
}

/** Number of bits set in both of two arrays of `bytes` bytes. */
export function countBoth(a: usize, b: usize, bytes: usize): i32 {
  let count: i32 = 0;
  for (let at: usize = 0; at < bytes; at += 8)
    count += <i32>popcnt(load<u64>(a + at) & load<u64>(b + at));
  return count;
}
