// The 3×3×3 surroundings (see neighbourhood.ts) of voxels of a packed mask with an empty margin. Three voxels of
// each of nine rows are read as the two bytes in which they lie.

/** The surroundings of the voxel at a bit position of `words`. */
// @ts-ignore: decorator
@inline
export function surroundings(position: u32, words: usize, rowBytes: usize, planeBytes: usize): i32 {
  const shift = (position - 1) & 7;
  const here = words + (<usize>(position - 1) >> 3);
  const below = here - planeBytes;
  const above = here + planeBytes;
  const first = threesOfFour(below - rowBytes, below, below + rowBytes, here - rowBytes, shift);
  const last = threesOfFour(here + rowBytes, above - rowBytes, above, above + rowBytes, shift);
  return first | (centre(here, shift) << 12) | (last << 15);
}

/** Three bits of each of four places, one after the other. */
// @ts-ignore: decorator
@inline
function threesOfFour(a: usize, b: usize, c: usize, d: usize, shift: u32): i32 {
  const low = <u64>load<u16>(a) | (<u64>load<u16>(b) << 16);
  const high = (<u64>load<u16>(c) << 32) | (<u64>load<u16>(d) << 48);
  const apart = ((low | high) >> shift) & 0x0007000700070007;
  // A product moves the threes from 16 bits apart to 3 bits apart, into the highest 16 bits.
  return <i32>((apart * 0x0001000800400200) >> 48);
}

/** The neighbours in the voxel's own row. */
// @ts-ignore: decorator
@inline
function centre(here: usize, shift: u32): i32 {
  return (<i32>load<u16>(here) >>> shift) & 5;
}

/** The surroundings of four voxels whose positions lie one after the other. */
// @ts-ignore: decorator
@inline
export function fourSurroundings(
  at: usize,
  words: usize,
  rowBytes: usize,
  planeBytes: usize,
): v128 {
  const a = load<u32>(at);
  const b = load<u32>(at, 4);
  const c = load<u32>(at, 8);
  const d = load<u32>(at, 12);
  const inA = besides(a, words, rowBytes, planeBytes);
  const inB = besides(b, words, rowBytes, planeBytes);
  const inC = besides(c, words, rowBytes, planeBytes);
  const inD = besides(d, words, rowBytes, planeBytes);
  const ab = v128.or(
    v128.shuffle<i32>(inA, inB, 0, 2, 4, 6),
    v128.shuffle<i32>(inA, inB, 1, 3, 5, 7),
  );
  const cd = v128.or(
    v128.shuffle<i32>(inC, inD, 0, 2, 4, 6),
    v128.shuffle<i32>(inC, inD, 1, 3, 5, 7),
  );
  let own = i32x4.splat(centreOf(a, words));
  own = i32x4.replace_lane(own, 1, centreOf(b, words));
  own = i32x4.replace_lane(own, 2, centreOf(c, words));
  own = i32x4.replace_lane(own, 3, centreOf(d, words));
  return v128.or(
    v128.or(v128.shuffle<i32>(ab, cd, 0, 2, 4, 6), i32x4.shl(own, 12)),
    i32x4.shl(v128.shuffle<i32>(ab, cd, 1, 3, 5, 7), 15),
  );
}

// @ts-ignore: decorator
@inline
function centreOf(position: u32, words: usize): i32 {
  return centre(words + (<usize>(position - 1) >> 3), (position - 1) & 7);
}

/** The eight rows beside the voxel's own: the bits of rows 0–3 in the lanes 0 and 1, of rows 5–8 in 2 and 3. */
// @ts-ignore: decorator
@inline
function besides(position: u32, words: usize, rowBytes: usize, planeBytes: usize): v128 {
  const here = words + (<usize>(position - 1) >> 3);
  const below = here - planeBytes;
  const above = here + planeBytes;
  let rows = v128.load16_splat(below - rowBytes);
  rows = v128.load16_lane(below, rows, 1);
  rows = v128.load16_lane(below + rowBytes, rows, 2);
  rows = v128.load16_lane(here - rowBytes, rows, 3);
  rows = v128.load16_lane(here + rowBytes, rows, 4);
  rows = v128.load16_lane(above - rowBytes, rows, 5);
  rows = v128.load16_lane(above, rows, 6);
  rows = v128.load16_lane(above + rowBytes, rows, 7);
  const threes = v128.and(i16x8.shr_u(rows, (position - 1) & 7), i16x8.splat(7));
  return i32x4.dot_i16x8_s(threes, i16x8(1, 8, 64, 512, 1, 8, 64, 512));
}
