import { InputError } from '../volume/errors';
import type { Vec3 } from '../volume/geometry';
import { joinRuns, type Connectivity } from './joinRuns';
import { eachRun, linesOf, type Lines } from './lines';

export type { Connectivity } from './joinRuns';

/** The connected components of a mask. Component c (from 1, largest first) has index c − 1 in the arrays. */
export interface Components {
  readonly count: number;
  /** Component of each voxel, x fastest: 0 = background, 1 … count. Made when first read (4 bytes a voxel). */
  readonly labels: Int32Array;
  /** Voxels of each component, falling; equal sizes stay in raster order. */
  readonly sizes: Uint32Array;
  /** Linear index of the first voxel, in raster order, of each component. */
  readonly seeds: Uint32Array;
  /** Bounding boxes, six numbers each: least x, y, z, then greatest x, y, z (both inside). */
  readonly boxes: Uint32Array;
}

/**
 * Label the connected components of a mask by union-find over runs: work grows with the foreground, besides
 * one look at every voxel.
 *
 * @param mask any value but 0 is foreground; x fastest
 * @param dims [nx, ny, nz]
 * @throws InputError `volume.length`, `volume.dims`, `volume.too-large`
 */
export function labelComponents(
  mask: Uint8Array,
  dims: Vec3,
  connectivity: Connectivity,
): Components {
  const lines = linesOf(mask, dims);
  const { of, count } = componentOfRun(lines, connectivity);

  const sizes = new Uint32Array(count);
  const seeds = new Uint32Array(count);
  const boxes = new Uint32Array(6 * count);
  eachRun(lines, (run, from, to, x, y, z) => {
    const c = of[run] - 1;
    const box = 6 * c;
    if (sizes[c] === 0) {
      seeds[c] = from;
      boxes.set([x, y, z, x, y, z], box);
    }
    sizes[c] += to - from;
    boxes[box] = Math.min(boxes[box], x);
    boxes[box + 1] = Math.min(boxes[box + 1], y);
    boxes[box + 3] = Math.max(boxes[box + 3], x + to - from - 1);
    boxes[box + 4] = Math.max(boxes[box + 4], y);
    boxes[box + 5] = z; // rows come by rising z
  });

  let labels: Int32Array | undefined;
  return {
    count,
    sizes,
    seeds,
    boxes,
    get labels() {
      if (!labels) {
        const painted = new Int32Array(mask.length);
        eachRun(lines, (run, from, to) => painted.fill(of[run], from, to));
        labels = painted;
      }
      return labels;
    },
  };
}

/**
 * The 26-connected component that holds a voxel, as a mask of 0 and 1.
 *
 * @param voxel index coordinates [i, j, k]
 * @throws InputError `mask.voxel-outside`, `mask.background-voxel`, and those of {@link labelComponents}
 */
export function keepComponent(mask: Uint8Array, dims: Vec3, voxel: Vec3): Uint8Array {
  const lines = linesOf(mask, dims);
  const [x, y, z] = voxel;
  if (voxel.some((v, axis) => !Number.isInteger(v) || v < 0 || v >= dims[axis]))
    throw new InputError(
      'mask.voxel-outside',
      `Voxel (${voxel.join(', ')}) lies outside the volume; pick a point inside the image.`,
    );
  const { runs, bits } = lines;
  const row = (z + 1) * bits.rowsPerPlane + y + 1;
  let picked = runs.rowFirst[row];
  while (picked < runs.rowFirst[row + 1] && runs.ends[picked] <= x) picked++;
  if (picked === runs.rowFirst[row + 1] || runs.starts[picked] > x)
    throw new InputError(
      'mask.background-voxel',
      'There is no vessel at the picked point; pick a point on a segmented vessel.',
    );
  const sets = joinRuns(runs, bits.rowsPerPlane, 26);
  const kept = sets.find(picked);
  return paint(lines, (run) => sets.find(run) === kept);
}

/**
 * The mask (0 and 1) without its 26-connected components of fewer than `minVoxels` voxels.
 *
 * @throws those of {@link labelComponents}
 */
export function removeSmallComponents(mask: Uint8Array, dims: Vec3, minVoxels: number): Uint8Array {
  const lines = linesOf(mask, dims);
  const { of, sizes } = componentOfRun(lines, 26);
  return paint(lines, (run) => sizes[of[run] - 1] >= minVoxels);
}

/** For each run its component (from 1, largest first), and the sizes in that order. */
function componentOfRun({ runs, bits }: Lines, connectivity: Connectivity) {
  const { starts, ends } = runs;
  const sets = joinRuns(runs, bits.rowsPerPlane, connectivity);
  const roots = new Uint32Array(sets.sets);
  const voxels = new Uint32Array(runs.count); // by root
  for (let run = 0, found = 0; run < runs.count; run++) {
    const root = sets.find(run);
    if (root === run) roots[found++] = run;
    voxels[root] += ends[run] - starts[run];
  }
  const ordered = roots.sort((a, b) => voxels[b] - voxels[a] || a - b);
  const rank = new Uint32Array(runs.count); // by root
  ordered.forEach((root, at) => (rank[root] = at + 1));
  const of = rank.map((_, run) => rank[sets.find(run)]);
  return { count: ordered.length, of, sizes: ordered.map((root) => voxels[root]) };
}

function paint(lines: Lines, keep: (run: number) => boolean): Uint8Array {
  const [nx, ny, nz] = lines.bits.dims;
  const out = new Uint8Array(nx * ny * nz);
  eachRun(lines, (run, from, to) => {
    if (keep(run)) out.fill(1, from, to);
  });
  return out;
}
