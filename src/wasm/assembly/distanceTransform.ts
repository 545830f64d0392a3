// The Euclidean distance transform of a packed mask, plane by plane: along z by walking each run of foreground
// once, then along x and along y by lower envelopes of parabolas. Only runs of foreground are visited.

/** Where the volume ends before the run does. */
const OPEN: i32 = 0x7fffffff;

// @ts-ignore: decorator
@inline
function isSet(row: usize, bit: i32): bool {
  return ((load<u8>(row + <usize>(bit >> 3)) >> <u8>(bit & 7)) & 1) !== 0;
}

/** The first bit from `bit` on that is not set; the margin of a row ends every run. */
// @ts-ignore: decorator
@inline
function runEnd(row: usize, bit: i32): i32 {
  let at = row + <usize>((bit >> 6) << 3);
  let empty = ~load<u64>(at) & (<u64>-1 << <u64>(bit & 63));
  while (empty === 0) {
    at += 8;
    empty = ~load<u64>(at);
  }
  return <i32>((at - row) << 3) + <i32>ctz(empty);
}

// The lower envelope of parabolas, as a stack of their places (mm) and heights (mm²), f64 each.
let places: usize = 0;
let heights: usize = 0;
let depth: i32 = 0;
let spacing: f64 = 0;

/**
 * Add the parabola over a place right of all others. The one before it is hidden where the place at which it
 * undercuts its predecessor comes only after the new one has undercut it (Maurer, Qi and Raghavan, PAMI 2003).
 */
function push(index: i32, height: f64): void {
  const at = spacing * <f64>index;
  while (depth >= 2) {
    const top = <usize>(depth - 1) << 3;
    const a = load<f64>(places + top) - load<f64>(places + top - 8);
    const b = at - load<f64>(places + top);
    const hidden =
      (a + b) * load<f64>(heights + top) - b * load<f64>(heights + top - 8) - a * height;
    if (hidden <= a * b * (a + b)) break;
    depth--;
  }
  store<f64>(places + (<usize>depth << 3), at);
  store<f64>(heights + (<usize>depth << 3), height);
  depth++;
}

/** Height of the envelope from `first` to before `end`, into f64 each `step` bytes; Infinity without parabolas. */
function evaluate(first: i32, end: i32, to: usize, step: usize): void {
  let low: usize = 0;
  const last = <usize>max(depth - 1, 0) << 3;
  for (let index = first; index < end; index++, to += step) {
    let squared = Infinity;
    if (depth > 0) {
      const at = spacing * <f64>index;
      let away = load<f64>(places + low) - at;
      squared = load<f64>(heights + low) + away * away;
      while (low < last) {
        away = load<f64>(places + low + 8) - at;
        const next = load<f64>(heights + low + 8) + away * away;
        if (next > squared) break;
        squared = next;
        low += 8;
      }
    }
    store<f64>(to, squared);
  }
}

/**
 * Follow each run along z that begins in plane z to its end, and note both: call it for all planes in order.
 *
 * @param behind i32 per voxel of a plane: the background before the run that holds the voxel, OPEN where the volume
 *   begins first; kept from plane to plane
 * @param ahead the same behind the run
 */
export function walkPlane(
  words: usize,
  rowBytes: i32,
  nx: i32,
  ny: i32,
  nz: i32,
  z: i32,
  behind: usize,
  ahead: usize,
): void {
  const bytes = <usize>rowBytes;
  const planeBytes = <usize>(ny + 2) * bytes;
  for (let y: i32 = 0; y < ny; y++) {
    const row = words + <usize>(z + 1) * planeBytes + <usize>(y + 1) * bytes;
    for (let at: usize = 0; at < bytes; at += 8) {
      for (
        let starts = load<u64>(row + at) & ~load<u64>(row + at - planeBytes);
        starts !== 0;
        starts &= starts - 1
      ) {
        const bit = <i32>(at << 3) + <i32>ctz(starts);
        let end = z + 1;
        for (let next = row + planeBytes; isSet(next, bit); next += planeBytes) end++;
        const place = <usize>(y * nx + bit - 1) << 2;
        store<i32>(behind + place, z === 0 ? OPEN : z - 1);
        store<i32>(ahead + place, end === nz ? OPEN : end);
      }
    }
  }
}

/**
 * Squared distances (mm²) of the foreground of plane z to the nearest background of the volume.
 *
 * @param behind, ahead what {@link walkPlane} noted up to this plane
 * @param plane ny rows of `pitch` f64, of any content; takes the squares
 * @param stack room for 2·(2 + max(nx, ny)) f64
 */
export function transformPlane(
  words: usize,
  rowBytes: i32,
  nx: i32,
  ny: i32,
  z: i32,
  sx: f64,
  sy: f64,
  sz: f64,
  behind: usize,
  ahead: usize,
  stack: usize,
  plane: usize,
  pitch: i32,
): void {
  const bytes = <usize>rowBytes;
  const pitchBytes = <usize>pitch << 3;
  const first = words + <usize>((z + 1) * (ny + 2) + 1) * bytes;
  places = stack;
  heights = stack + (<usize>(max(nx, ny) + 2) << 3);

  spacing = sx;
  for (let y: i32 = 0; y < ny; y++) {
    const row = first + <usize>y * bytes;
    for (let at: usize = 0; at < bytes; at += 8) {
      const word = load<u64>(row + at);
      let starts = word & ~((word << 1) | (load<u64>(row + at - 8) >> 63));
      for (; starts !== 0; starts &= starts - 1) {
        const bit = <i32>(at << 3) + <i32>ctz(starts);
        const start = bit - 1;
        const end = runEnd(row, bit) - 1;
        depth = 0;
        if (start > 0) push(start - 1, 0);
        for (let x = start; x < end; x++) {
          const place = <usize>(y * nx + x) << 2;
          const before = load<i32>(behind + place);
          const after = load<i32>(ahead + place);
          const steps = min(before === OPEN ? OPEN : z - before, after === OPEN ? OPEN : after - z);
          if (steps === OPEN) continue;
          const along = sz * <f64>steps;
          push(x, along * along);
        }
        if (end < nx) push(end, 0);
        evaluate(start, end, plane + <usize>y * pitchBytes + (<usize>start << 3), 8);
      }
    }
  }

  spacing = sy;
  for (let y: i32 = 0; y < ny; y++) {
    const row = first + <usize>y * bytes;
    for (let at: usize = 0; at < bytes; at += 8) {
      let starts = load<u64>(row + at) & ~load<u64>(row + at - bytes);
      for (; starts !== 0; starts &= starts - 1) {
        const bit = <i32>(at << 3) + <i32>ctz(starts);
        const column = plane + (<usize>(bit - 1) << 3);
        depth = 0;
        if (y > 0) push(y - 1, 0);
        let end = y;
        for (let below = row; isSet(below, bit); below += bytes, end++) {
          const height = load<f64>(column + <usize>end * pitchBytes);
          if (height < Infinity) push(end, height);
        }
        if (end < ny) push(end, 0);
        evaluate(y, end, column + <usize>y * pitchBytes, pitchBytes);
      }
    }
  }
}

/**
 * Distances (f32, mm) of voxels (linear indices, u32) of the plane that {@link transformPlane} made; 0 in the
 * background.
 */
export function distancesInPlane(
  words: usize,
  rowBytes: i32,
  plane: usize,
  pitch: i32,
  nx: i32,
  ny: i32,
  z: i32,
  voxels: usize,
  count: i32,
  out: usize,
): void {
  const first = words + <usize>((z + 1) * (ny + 2) + 1) * <usize>rowBytes;
  const before = <u32>(z * ny) * <u32>nx;
  for (let i: i32 = 0; i < count; i++) {
    const inPlane = load<u32>(voxels + (<usize>i << 2)) - before;
    const y = inPlane / <u32>nx;
    const x = inPlane - y * <u32>nx;
    const squared = isSet(first + <usize>y * <usize>rowBytes, x + 1)
      ? load<f64>(plane + (<usize>(y * <u32>pitch + x) << 3))
      : 0;
    store<f32>(out + (<usize>i << 2), <f32>sqrt(squared));
  }
}
