import type { Vec3 } from '../volume/geometry';
import { withKernels } from '../wasm/kernels';
import { gapsCompiled } from './gapsCompiled';
import { gapsPlain } from './gapsPlain';
import { eachRun, runsOfMask, type MaskRuns } from './runs';

/** A piece of background that is closed in by foreground (6-connected background). */
export interface Cavity {
  readonly voxels: number;
  /** The voxel of the cavity that lies nearest its centre, index coordinates. */
  readonly middle: Vec3;
}

/**
 * The cavities of a mask, largest first: 6-connected background that does not reach the outside of the volume.
 * Work grows with the mask's runs, besides one look at every voxel.
 *
 * @param mask any value but 0 is foreground; x fastest
 * @throws InputError `volume.length`, `volume.dims`, `volume.too-large`
 */
export function findCavities(mask: Uint8Array, dims: Vec3): Cavity[] {
  const cavities = new Map<number, ClosedGap[]>();
  for (const gap of closedGaps(mask, dims)) {
    const gaps = cavities.get(gap.cavity);
    if (gaps) gaps.push(gap);
    else cavities.set(gap.cavity, [gap]);
  }
  return [...cavities.values()]
    .map((gaps) => ({ voxels: sum(gaps, lengthOf), middle: middleOf(gaps) }))
    .sort((a, b) => b.voxels - a.voxels);
}

/**
 * The mask with its cavities filled, 0 or the mask's own values and 1; the mask itself where it has none.
 *
 * @throws those of {@link findCavities}
 */
export function fillCavities(mask: Uint8Array, dims: Vec3): Uint8Array {
  const gaps = closedGaps(mask, dims);
  if (gaps.length === 0) return mask;
  const filled = mask.slice();
  for (const { first, from, to } of gaps) filled.fill(1, first, first + to - from);
  return filled;
}

/**
 * The 6-connected background of a mask as sets of the gaps between the runs of a row: member i + 1 is the gap
 * behind run i, set 0 the outside; for each member the smallest of its set. The last run of a row has no gap
 * behind it; its member is alone.
 */
const gapSets = (runs: MaskRuns): Uint32Array =>
  withKernels(
    (kernels) => gapsCompiled(kernels, runs),
    () => gapsPlain(runs),
  );

/** A stretch of a cavity along x. */
interface ClosedGap {
  /** The first gap of its cavity, which stands for it. */
  readonly cavity: number;
  /** Linear index of its first voxel. */
  readonly first: number;
  /** Its first x, and one past its last. */
  readonly from: number;
  readonly to: number;
  readonly y: number;
  readonly z: number;
}

/** All gaps that lie in cavities, in raster order. */
function closedGaps(mask: Uint8Array, dims: Vec3): ClosedGap[] {
  const runs = runsOfMask(mask, dims);
  const { starts, ends, rowFirst, layout } = runs;
  const sets = gapSets(runs);
  const closed: ClosedGap[] = [];
  eachRun(runs, (run, _from, first, y, z) => {
    const cavity = sets[run + 1];
    if (cavity === 0) return;
    const isLast = run + 1 === rowFirst[(z + 1) * layout.rowsPerPlane + y + 2];
    if (!isLast) closed.push({ cavity, first, from: ends[run], to: starts[run + 1], y, z });
  });
  return closed;
}

const lengthOf = ({ from, to }: ClosedGap): number => to - from;

const sum = (gaps: readonly ClosedGap[], of: (gap: ClosedGap) => number): number =>
  gaps.reduce((total, gap) => total + of(gap), 0);

/** The voxel nearest the centre of all. */
function middleOf(gaps: readonly ClosedGap[]): Vec3 {
  const voxels = sum(gaps, lengthOf);
  const centre: Vec3 = [
    sum(gaps, (gap) => (lengthOf(gap) * (gap.from + gap.to - 1)) / 2) / voxels,
    sum(gaps, (gap) => lengthOf(gap) * gap.y) / voxels,
    sum(gaps, (gap) => lengthOf(gap) * gap.z) / voxels,
  ];
  const nearest = gaps.map(({ from, to, y, z }): Vec3 => {
    const x = Math.ceil(centre[0] - 0.5); // of two as near the first
    return [Math.min(Math.max(x, from), to - 1), y, z];
  });
  const far = ([x, y, z]: Vec3) => Math.hypot(x - centre[0], y - centre[1], z - centre[2]);
  return nearest.reduce((best, voxel) => (far(voxel) < far(best) ? voxel : best));
}
