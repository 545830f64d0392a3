import { checkVoxels } from '../../volume/checks';
import type { Vec3 } from '../../volume/geometry';
import { checkIterations, checkShares } from './checks';

/**
 * The soft skeleton of clDice (Shit et al. 2021), a baseline: what an opening takes away, gathered over rounds of
 * erosion. Erosion is the least of a voxel and its 6 neighbours, opening an erosion and the greatest of the 27
 * voxels around; what lies outside the volume takes no part, so the border does not erode. On a flat volume
 * (nz = 1) this is the published two-dimensional form: 4 neighbours and 9 pixels.
 *
 * It keeps no topology: a mask of 0 and 1 gives 0 and 1, mostly in many pieces and more than a voxel thick.
 * A vessel wider than 2·iterations voxels gives nothing but what its surface sheds.
 *
 * Values and rounding are those of the published PyTorch code in float32. Two things are left out as they change
 * nothing: the second erosion of each round, which the next round would repeat, and rounds after all is eroded.
 *
 * @param volume probabilities or a mask, 0 … 1; x fastest
 * @param dims [nx, ny, nz]
 * @param iterations rounds of erosion after the first opening; the published loss takes 10
 * @returns 0 … 1, x fastest
 * @throws InputError `volume.length`, `volume.dims`, `volume.too-large`, `volume.values`, `skeleton.iterations`
 */
export function softSkeleton(volume: Float32Array, dims: Vec3, iterations: number): Float32Array {
  checkVoxels(volume, dims, 'volume');
  checkShares(volume, 'volume');
  checkIterations(iterations);
  const skeleton = new Float32Array(volume.length);
  let image: Rows = { values: volume.slice(), live: new Uint8Array(dims[1] * dims[2]).fill(1) };
  let eroded: Rows = { values: new Float32Array(volume.length), live: image.live.slice() };
  for (let round = 0; round <= iterations; round++) {
    erode(image, eroded, dims);
    addShed(skeleton, image, eroded, dims);
    if (!eroded.live.includes(1)) break;
    [image, eroded] = [eroded, image];
  }
  return skeleton;
}

/** A volume and which of its rows (along x) hold anything but 0; vessels leave most rows empty. */
interface Rows {
  readonly values: Float32Array;
  readonly live: Uint8Array;
}

/** The least of each voxel and its 6 neighbours. */
function erode(image: Rows, eroded: Rows, [nx, ny, nz]: Vec3): void {
  const { values } = image;
  const rows = ny * nz;
  for (let row = 0; row < rows; row++) {
    const first = row * nx;
    const out = eroded.values.subarray(first, first + nx);
    eroded.live[row] = 0;
    if (image.live[row] === 0) {
      out.fill(0);
      continue;
    }
    leastOfThree(values.subarray(first, first + nx), out);
    const y = row % ny;
    if (y > 0) keepLess(out, values, first - nx);
    if (y < ny - 1) keepLess(out, values, first + nx);
    if (row >= ny) keepLess(out, values, first - nx * ny);
    if (row < rows - ny) keepLess(out, values, first + nx * ny);
    for (let x = 0; x < nx; x++) if (out[x] !== 0) eroded.live[row] = 1;
  }
}

/** The least of each voxel and its neighbours in the row. */
function leastOfThree(row: Float32Array, out: Float32Array): void {
  const last = row.length - 1;
  for (let x = 0; x <= last; x++) {
    let least = row[x];
    if (x > 0 && row[x - 1] < least) least = row[x - 1];
    if (x < last && row[x + 1] < least) least = row[x + 1];
    out[x] = least;
  }
}

function keepLess(out: Float32Array, values: Float32Array, first: number): void {
  for (let x = 0; x < out.length; x++) if (values[first + x] < out[x]) out[x] = values[first + x];
}

/** Add to the skeleton what the opening takes from the image, where it is not there yet. */
function addShed(skeleton: Float32Array, image: Rows, eroded: Rows, [nx, ny, nz]: Vec3): void {
  const plane = nx * ny;
  const wide = new Float32Array(plane);
  const spread = Array.from({ length: 3 }, () => new Float32Array(plane)); // plane z is spread[z % 3]
  const fetch = (z: number) => spreadPlane(eroded, z, nx, ny, wide, spread[z % 3]);
  fetch(0);
  for (let z = 0; z < nz; z++) {
    if (z + 1 < nz) fetch(z + 1);
    const here = spread[z % 3];
    const below = z > 0 ? spread[(z + 2) % 3] : here;
    const above = z + 1 < nz ? spread[(z + 1) % 3] : here;
    for (let i = 0, at = z * plane; i < plane; i++, at++) {
      const value = image.values[at];
      if (value === 0) continue;
      const opened = Math.max(here[i], below[i], above[i]);
      const shed = Math.fround(value - opened);
      if (shed <= 0) continue;
      const unseen = Math.fround(shed - Math.fround(skeleton[at] * shed));
      if (unseen > 0) skeleton[at] += unseen;
    }
  }
}

/**
 * The greatest of the 9 voxels around each voxel of a plane.
 *
 * @param wide room for a plane
 */
function spreadPlane(
  { values, live }: Rows,
  z: number,
  nx: number,
  ny: number,
  wide: Float32Array,
  out: Float32Array,
): void {
  wide.fill(0);
  for (let y = 0; y < ny; y++)
    if (live[z * ny + y] !== 0) spreadRow(values, (z * ny + y) * nx, wide, y * nx, nx);
  out.set(wide);
  for (let y = 0; y < ny; y++) {
    if (live[z * ny + y] === 0) continue;
    if (y > 0) keepMore(out, (y - 1) * nx, wide, y * nx, nx);
    if (y < ny - 1) keepMore(out, (y + 1) * nx, wide, y * nx, nx);
  }
}

/** The greatest of each voxel and its neighbours in a row. */
function spreadRow(from: Float32Array, at: number, to: Float32Array, start: number, nx: number) {
  for (let x = 0; x < nx; x++) {
    let most = from[at + x];
    if (x > 0 && from[at + x - 1] > most) most = from[at + x - 1];
    if (x < nx - 1 && from[at + x + 1] > most) most = from[at + x + 1];
    to[start + x] = most;
  }
}

function keepMore(out: Float32Array, to: number, from: Float32Array, at: number, nx: number): void {
  for (let x = 0; x < nx; x++) if (from[at + x] > out[to + x]) out[to + x] = from[at + x];
}
