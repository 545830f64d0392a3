import type { Kernels } from '../wasm/kernels';
import type { BitVolume } from './bits';
import { distancePlanes } from './distancePlanes';
import { rowSteps } from './distanceRows';
import type { Sites } from './distancePlain';
import type { Vec3 } from './geometry';

/** About as many rows are searched before the pyramid is asked. */
const NEAR_ROWS = 120;

/** Voxels on both sides along x that the window of 64 bits always shows. */
const WINDOW = 24;

/** Voxels at a time, so that a long list never lies in the kernels' memory as a whole. */
const CHUNK = 2 ** 16;

/** Blocks of the pyramid that take as long as a quarter of the distance transform, per voxel of the volume. */
const BLOCKS_PER_VOXEL = 1 / 16;

/** What the steps of the search share: the volume in the kernels' memory, from the pyramid on its sites; and room for a chunk of voxels. */
interface Search {
  readonly kernels: Kernels;
  readonly volume: BitVolume;
  readonly spacing: Vec3;
  readonly words: number;
  readonly list: number;
  readonly out: number;
}

/**
 * `distancesPlain` in three steps, each for the voxels that the one before left: the rows nearby; a pyramid of blocks,
 * for voxels far from all sites; and, where that takes too long for there are many of them, or many sites equally
 * far away, the distance transform of all that is no site, plane by plane. The last bounds the cost for any input.
 *
 * @param volume with sites
 */
export function distancesCompiled(
  kernels: Kernels,
  volume: BitVolume,
  sites: Sites,
  spacing: Vec3,
  voxels: Uint32Array,
): Float32Array {
  const [nx, ny, nz] = volume.dims;
  const words = kernels.put(volume.words);
  const [list, out] = [kernels.scratch(4 * CHUNK), kernels.scratch(4 * CHUNK)];
  const search = { kernels, volume, spacing, words, list, out };

  const distances = searchRows(search, sites, voxels);
  const far = leftOf(distances);
  if (far.length === 0) return distances;
  if (sites === 'background') kernels.run.complement(words, 4 * volume.rowWords, nx, ny, nz);
  const done = searchPyramid(search, voxels, far, distances);
  if (done < far.length) searchPlanes(search, voxels, far.subarray(done), distances);
  return distances;
}

/** Places in the list of the voxels without a distance. */
function leftOf(distances: Float32Array): Uint32Array {
  const left = new Uint32Array(
    distances.reduce((sum, distance) => sum + (distance < 0 ? 1 : 0), 0),
  );
  for (let i = 0, n = 0; n < left.length; i++) if (distances[i] < 0) left[n++] = i;
  return left;
}

/** Distances from the rows nearby; -1 where something nearer may lie beyond them. */
function searchRows(search: Search, sites: Sites, voxels: Uint32Array): Float32Array {
  const { kernels, volume, spacing, words, list, out } = search;
  const { dims, rowsPerPlane } = volume;
  const [sx, sy, sz] = spacing;
  const rowBytes = 4 * volume.rowWords;
  const radius = Math.sqrt((NEAR_ROWS * sy * sz) / Math.PI);
  const { dy, dz, squares } = rowSteps(dims, spacing, radius);
  const steps = new Int32Array(3 * dy.length);
  dy.forEach((y, i) => steps.set([y, dz[i], (dz[i] * rowsPerPlane + y) * rowBytes], 3 * i));
  const beside = sx * (WINDOW + 1);

  const distances = new Float32Array(voxels.length);
  kernels.during(() => {
    const [stepsAt, squaresAt] = [kernels.put(steps), kernels.put(squares)];
    for (let at = 0; at < voxels.length; at += CHUNK) {
      const chunk = voxels.subarray(at, at + CHUNK);
      kernels.write(list, chunk);
      kernels.run.nearDistances(
        words,
        rowBytes,
        ...dims,
        sites === 'background',
        list,
        chunk.length,
        sx,
        stepsAt,
        squaresAt,
        dy.length,
        Math.max(...dy),
        Math.max(...dz),
        Math.min(radius * radius, beside * beside),
        out,
      );
      distances.set(kernels.take(out, chunk.length, Float32Array), at);
    }
  });
  return distances;
}

/** @returns how many of the far voxels, the first, have their distance now */
function searchPyramid(
  search: Search,
  voxels: Uint32Array,
  far: Uint32Array,
  distances: Float32Array,
): number {
  const { kernels, volume, spacing, words, list, out } = search;
  const { dims, rowsPerPlane, rowCount } = volume;
  const rowBytes = 4 * volume.rowWords;
  const planes = rowCount / rowsPerPlane;
  const over = (n: number, size: number) => Math.ceil(n / size);
  return kernels.during(() => {
    const blocks = kernels.zeros(over(rowBytes, 8) * over(rowsPerPlane, 8) * over(planes, 8));
    const cells = kernels.scratch(
      12 * over(rowBytes, 8) * over(rowsPerPlane, 64) * over(planes, 64),
    );
    const cellCount = kernels.run.buildPyramid(
      words,
      rowBytes,
      rowsPerPlane,
      planes,
      blocks,
      cells,
    );
    const effort = kernels.put(
      Int32Array.of(Math.ceil(dims[0] * dims[1] * dims[2] * BLOCKS_PER_VOXEL)),
    );
    for (let at = 0; at < far.length; at += CHUNK) {
      const chunk = far.subarray(at, at + CHUNK);
      kernels.write(
        list,
        chunk.map((i) => voxels[i]),
      );
      const done = kernels.run.farDistances(
        words,
        rowBytes,
        ...dims,
        list,
        chunk.length,
        ...spacing,
        blocks,
        cells,
        cellCount,
        effort,
        out,
      );
      const values = kernels.take(out, done, Float32Array);
      values.forEach((distance, i) => (distances[chunk[i]] = distance));
      if (done < chunk.length) return at + done;
    }
    return far.length;
  });
}

/** The rest, from the distance transform of all that is no site. */
function searchPlanes(
  { kernels, volume, spacing, words }: Search,
  voxels: Uint32Array,
  far: Uint32Array,
  distances: Float32Array,
): void {
  const [nx, ny, nz] = volume.dims;
  kernels.run.complement(words, 4 * volume.rowWords, nx, ny, nz);
  const planeDistances = distancePlanes(kernels, words, volume, spacing);
  const planes = byPlane(voxels, far, nx * ny, nz);
  const room = 4 * Math.max(...planes.map(({ length }) => length));
  const [list, out] = [kernels.scratch(room), kernels.scratch(room)];
  planes.forEach((places, z) => {
    kernels.write(
      list,
      places.map((i) => voxels[i]),
    );
    planeDistances(z, list, places.length, out);
    const values = kernels.take(out, places.length, Float32Array);
    values.forEach((distance, i) => (distances[places[i]] = distance));
  });
}

/** Places in the list of voxels, sorted into the planes of the volume. */
function byPlane(
  voxels: Uint32Array,
  places: Uint32Array,
  planeSize: number,
  planeCount: number,
): Uint32Array[] {
  const ends = new Uint32Array(planeCount);
  const planeOf = (place: number) => Math.floor(voxels[place] / planeSize);
  for (const place of places) ends[planeOf(place)]++;
  for (let z = 1; z < planeCount; z++) ends[z] += ends[z - 1];
  const sorted = new Uint32Array(places.length);
  const next = ends.slice();
  for (let i = places.length - 1; i >= 0; i--) sorted[--next[planeOf(places[i])]] = places[i];
  return Array.from(ends, (end, z) => sorted.subarray(next[z], end));
}
