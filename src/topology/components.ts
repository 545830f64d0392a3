import { InputError } from '../volume/errors';
import type { Vec3 } from '../volume/geometry';
import { withKernels } from '../wasm/kernels';
import { componentsCompiled } from './componentsCompiled';
import { componentsPlain } from './componentsPlain';
import type { Connectivity } from './joinRuns';
import { bySize } from './ranks';
import { eachRun, runAt, runsOfMask, type MaskRuns } from './runs';

export type { Connectivity } from './joinRuns';

/** The connected components of a mask. Component c (from 1, largest first) has index c − 1 in the arrays. */
export interface Components {
  readonly count: number;
  /**
   * Component of each voxel, x fastest: 0 = background, 1 … count, in as few bytes as count needs. Made when
   * first read: where single voxels are asked for, {@link componentAt} needs no memory.
   */
  readonly labels: ComponentLabels;
  /** Voxels of each component, falling; equal sizes stay in raster order. */
  readonly sizes: Uint32Array;
  /** Linear index of the first voxel, in raster order, of each component. */
  readonly seeds: Uint32Array;
  /** Bounding boxes, six numbers each: least x, y, z, then greatest x, y, z (both inside). */
  readonly boxes: Uint32Array;
  /** Component at the linear index of a voxel, 0 = background; what `labels` says, without making it. */
  componentAt(voxel: number): number;
  /** Visit the foreground as runs along x, in raster order: x from `from` to before `to`. */
  eachRun(visit: (component: number, from: number, to: number, y: number, z: number) => void): void;
}

export type ComponentLabels = Uint8Array | Uint16Array | Int32Array;

/** Components from 0 in raster order, as the twins find them. */
export interface FoundComponents extends Pick<Components, 'sizes' | 'seeds' | 'boxes'> {
  /** Component of each run. */
  readonly of: Uint32Array;
}

/**
 * The connected components of a mask by union-find over runs: work and memory grow with the runs, besides one
 * look at every voxel.
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
  const runs = runsOfMask(mask, dims);
  const { of, sizes, seeds, boxes } = rankedComponents(runs, connectivity);
  const count = sizes.length;
  const voxels = mask.length;
  let labels: ComponentLabels | undefined;
  return {
    count,
    sizes,
    seeds,
    boxes,
    get labels() {
      return (labels ??= paint(runs, volumeFor(count, voxels), (run) => of[run]));
    },
    componentAt(voxel) {
      const run = runAt(runs, voxel);
      return run < 0 ? 0 : of[run];
    },
    eachRun(visit) {
      eachRun(runs, (run, _from, _to, y, z) =>
        visit(of[run], runs.starts[run], runs.ends[run], y, z),
      );
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
  const runs = runsOfMask(mask, dims);
  if (voxel.some((v, axis) => !Number.isInteger(v) || v < 0 || v >= dims[axis]))
    throw new InputError(
      'mask.voxel-outside',
      `Voxel (${voxel.join(', ')}) lies outside the volume; pick a point inside the image.`,
    );
  const [x, y, z] = voxel;
  const picked = runAt(runs, (z * dims[1] + y) * dims[0] + x);
  if (picked < 0)
    throw new InputError(
      'mask.background-voxel',
      'There is no vessel at the picked point; pick a point on a segmented vessel.',
    );
  const { of } = findComponents(runs, 26);
  return paint(runs, new Uint8Array(mask.length), (run) => (of[run] === of[picked] ? 1 : 0));
}

/** Which components stay. */
export interface SizeFilter {
  /** Voxels of the smallest component that stays. */
  readonly minVoxels: number;
  /** Its share of the largest component, 0 … 1; 0 unless said. */
  readonly minShare?: number;
}

/**
 * The mask (0 and 1) without its small 26-connected components.
 *
 * @param filter values from `least` on are foreground: any but 0, unless said
 * @throws those of {@link labelComponents}
 */
export function removeSmallComponents(
  mask: Uint8Array,
  dims: Vec3,
  { least, ...sizes }: SizeFilter & { readonly least?: number },
): Uint8Array {
  return maskOfLarge(runsOfMask(mask, dims, least), sizes);
}

/** As {@link removeSmallComponents}, of a mask that is in runs already. */
export function maskOfLarge(runs: MaskRuns, { minVoxels, minShare = 0 }: SizeFilter): Uint8Array {
  const { of, sizes } = findComponents(runs, 26);
  const largest = sizes.reduce((most, size) => Math.max(most, size), 0);
  const smallest = Math.max(minVoxels, minShare * largest);
  const kept = Uint8Array.from(sizes, (size) => (size >= smallest ? 1 : 0));
  const [nx, ny, nz] = runs.layout.dims;
  return paint(runs, new Uint8Array(nx * ny * nz), (run) => kept[of[run]]);
}

const findComponents = (runs: MaskRuns, connectivity: Connectivity): FoundComponents =>
  withKernels(
    (kernels) => componentsCompiled(kernels, runs, connectivity),
    () => componentsPlain(runs, connectivity),
  );

/** The same components from 1 by falling size. */
function rankedComponents(runs: MaskRuns, connectivity: Connectivity): FoundComponents {
  const { of, sizes, seeds, boxes } = findComponents(runs, connectivity);
  const order = bySize(sizes);
  const count = order.length;
  const rank = new Uint32Array(count);
  const ranked = {
    of,
    sizes: new Uint32Array(count),
    seeds: new Uint32Array(count),
    boxes: new Uint32Array(6 * count),
  };
  for (let at = 0; at < count; at++) {
    const c = order[at];
    rank[c] = at + 1;
    ranked.sizes[at] = sizes[c];
    ranked.seeds[at] = seeds[c];
    for (let side = 0; side < 6; side++) ranked.boxes[6 * at + side] = boxes[6 * c + side];
  }
  for (let run = 0; run < of.length; run++) of[run] = rank[of[run]];
  return ranked;
}

/** Fill the voxels of each run with a value; those that stay 0 cost nothing. */
function paint<T extends ComponentLabels>(
  runs: MaskRuns,
  volume: T,
  valueOf: (run: number) => number,
): T {
  eachRun(runs, (run, from, to) => {
    const value = valueOf(run);
    if (value !== 0) volume.fill(value, from, to);
  });
  return volume;
}

/** Zeros that can become numbers up to `most`. */
function volumeFor(most: number, voxels: number): ComponentLabels {
  if (most < 2 ** 8) return new Uint8Array(voxels);
  return most < 2 ** 16 ? new Uint16Array(voxels) : new Int32Array(voxels);
}
