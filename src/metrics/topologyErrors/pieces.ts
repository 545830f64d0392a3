import { runInRow, type Runs } from '../../topology/runs';
import type { BitVolume } from '../../volume/bits';
import type { Vec3 } from '../../volume/geometry';
import { withKernels } from '../../wasm/kernels';
import { rowAt, voxelAt, type Grid } from './grid';
import { backgroundCompiled, componentsCompiled, runComponentsCompiled } from './piecesCompiled';
import { backgroundPlain, componentsPlain, runComponentsPlain } from './piecesPlain';

/** The pieces of a mask or of its background, over runs. */
export interface Pieces {
  readonly runs: Runs;
  /** For each run the smallest run of its piece: that number stands for the piece. */
  readonly of: Uint32Array;
}

/** The outside of the volume and what it reaches, as a piece of {@link backgroundOf}. */
export const OUTSIDE = 0;

/** The 26-connected components of a mask. */
export const componentsOf = (mask: BitVolume): Pieces =>
  withKernels(
    (kernels) => componentsCompiled(kernels, mask),
    () => componentsPlain(mask),
  );

/** The 26-connected components of a mask, by its runs. */
export const componentsOfRuns = (runs: Runs, rowsPerPlane: number): Pieces =>
  withKernels(
    (kernels) => runComponentsCompiled(kernels, runs, rowsPerPlane),
    () => runComponentsPlain(runs, rowsPerPlane),
  );

/**
 * The 6-connected pieces of the background of a mask: OUTSIDE and the cavities. Its runs are those between two
 * runs of foreground in a row; all other background is outside at once, and so is what lies beside it.
 *
 * @param mask its runs
 */
export const backgroundOf = (mask: Runs, rowsPerPlane: number): Pieces =>
  withKernels(
    (kernels) => backgroundCompiled(kernels, mask, rowsPerPlane),
    () => backgroundPlain(mask, rowsPerPlane),
  );

/** The run that holds a position, or −1. */
const runAt = (runs: Runs, grid: Grid, position: number): number =>
  runInRow(runs, rowAt(grid, position), voxelAt(grid, position)[0]);

/** The piece that holds a position, which must be in one. */
export const pieceAt = ({ runs, of }: Pieces, grid: Grid, position: number): number =>
  of[runAt(runs, grid, position)];

/** The piece of {@link backgroundOf} that a background position belongs to. */
export const backgroundAt = ({ runs, of }: Pieces, grid: Grid, position: number): number =>
  of[Math.max(runAt(runs, grid, position), OUTSIDE)];

/** Size and place of a piece. */
export interface Extent {
  readonly voxels: number;
  /** The voxel of the piece that lies nearest its centre, index coordinates. */
  readonly middle: Vec3;
}

/** Size and place of some pieces. */
export function extentsOf(
  { runs, of }: Pieces,
  grid: Grid,
  pieces: readonly number[],
): Map<number, Extent> {
  const sums = new Map(pieces.map((piece) => [piece, { voxels: 0, x: 0, y: 0, z: 0 }]));
  const sought = runsOfPieces({ runs, of }, grid, pieces);
  for (const { run, y, z } of sought) {
    const sum = sums.get(of[run]);
    if (!sum) continue;
    const length = runs.ends[run] - runs.starts[run];
    sum.voxels += length;
    sum.x += (length * (runs.starts[run] + runs.ends[run] - 1)) / 2;
    sum.y += length * y;
    sum.z += length * z;
  }
  const middles = new Map<number, { voxel: Vec3; distance2: number }>();
  for (const { run, y, z } of sought) {
    const piece = of[run];
    const sum = sums.get(piece);
    if (!sum) continue;
    const centre = [sum.x / sum.voxels, sum.y / sum.voxels, sum.z / sum.voxels];
    const x = Math.min(Math.max(Math.round(centre[0]), runs.starts[run]), runs.ends[run] - 1);
    const distance2 = (x - centre[0]) ** 2 + (y - centre[1]) ** 2 + (z - centre[2]) ** 2;
    if (distance2 < (middles.get(piece)?.distance2 ?? Infinity))
      middles.set(piece, { voxel: [x, y, z], distance2 });
  }
  return new Map(
    [...middles].map(([piece, { voxel }]) => [
      piece,
      { voxels: sums.get(piece)?.voxels ?? 0, middle: voxel },
    ]),
  );
}

/** The runs of some pieces, each with its row. */
function runsOfPieces(
  { runs: { rowFirst, count }, of }: Pieces,
  { layout: { rowsPerPlane } }: Grid,
  pieces: readonly number[],
): { readonly run: number; readonly y: number; readonly z: number }[] {
  if (pieces.length === 0) return [];
  const isSought = new Uint8Array(count);
  for (const piece of pieces) isSought[piece] = 1;
  const found = [];
  for (let row = 0; row < rowFirst.length - 1; row++)
    for (let run = rowFirst[row]; run < rowFirst[row + 1]; run++) {
      if (isSought[of[run]] === 0) continue;
      const plane = Math.floor(row / rowsPerPlane);
      found.push({ run, y: row - plane * rowsPerPlane - 1, z: plane - 1 });
    }
  return found;
}
