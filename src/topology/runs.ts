import { bitLayout, type BitLayout, type BitVolume } from '../volume/bits';
import { packBitsPlain } from '../volume/bitsPlain';
import { checkVoxels } from '../volume/checks';
import type { Vec3 } from '../volume/geometry';
import { lowerBound } from '../volume/lowerBound';
import { withKernels } from '../wasm/kernels';
import { planesOfBits, planesOfMask } from './planes';
import { runsCompiled } from './runsCompiled';
import { runsPlain } from './runsPlain';

/**
 * The foreground of a mask as runs: maximal stretches of foreground along x, in raster order. A vessel mask
 * has far fewer runs than voxels, so components and cavities are found on them.
 */
export interface Runs {
  readonly count: number;
  /** First x of each run. */
  readonly starts: Int32Array;
  /** One past the last x of each run. */
  readonly ends: Int32Array;
  /** Row r (margin included, as in BitVolume) holds the runs rowFirst[r] … rowFirst[r + 1] − 1. */
  readonly rowFirst: Uint32Array;
}

/** The runs of a mask together with the grid that they lie on. */
export interface MaskRuns extends Runs {
  /** Rows along x. */
  readonly layout: BitLayout;
}

/** The runs of a packed mask, along its bit axis. */
export const runsOf = (volume: BitVolume): Runs =>
  withKernels(
    (kernels) => runsCompiled(kernels, planesOfBits(kernels, volume)),
    () => runsPlain(volume),
  );

/**
 * The runs of a mask along x, in one pass; the packed mask is never whole in memory.
 *
 * @param mask x fastest
 * @param dims [nx, ny, nz]
 * @param least values from this on are foreground: any but 0, unless said
 * @throws InputError `volume.length`, `volume.dims`, `volume.too-large`
 */
export function runsOfMask(mask: Uint8Array, dims: Vec3, least = 1): MaskRuns {
  checkVoxels(mask, dims);
  const layout = bitLayout(dims, 'x');
  const runs = withKernels(
    (kernels) => runsCompiled(kernels, planesOfMask(kernels, mask, layout, least)),
    () => runsPlain(packBitsPlain(mask, layout, least)),
  );
  return { ...runs, layout };
}

/** Visit runs in raster order, with the linear indices [from, to) and the row (y, z) of each. */
export function eachRun(
  { starts, ends, rowFirst, layout }: MaskRuns,
  visit: (run: number, from: number, to: number, y: number, z: number) => void,
): void {
  const { rowsPerPlane, rowCount, dims } = layout;
  for (let row = 0; row < rowCount; row++) {
    if (rowFirst[row] === rowFirst[row + 1]) continue;
    const plane = Math.floor(row / rowsPerPlane);
    const [y, z] = [row - plane * rowsPerPlane - 1, plane - 1];
    const first = (z * dims[1] + y) * dims[0];
    for (let run = rowFirst[row]; run < rowFirst[row + 1]; run++)
      visit(run, first + starts[run], first + ends[run], y, z);
  }
}

/** The run that holds a voxel of a linear index, or −1. */
export function runAt(runs: MaskRuns, voxel: number): number {
  const { layout } = runs;
  const [nx, ny] = layout.dims;
  const line = Math.floor(voxel / nx);
  const z = Math.floor(line / ny);
  const row = (z + 1) * layout.rowsPerPlane + (line - z * ny) + 1;
  return runInRow(runs, row, voxel - line * nx);
}

/** The run of a row that holds an x, or −1. */
export function runInRow({ starts, ends, rowFirst }: Runs, row: number, x: number): number {
  const end = rowFirst[row + 1];
  const run = lowerBound(ends, x + 1, rowFirst[row], end);
  return run < end && starts[run] <= x ? run : -1;
}
