import { bitLayout } from '../volume/bits';
import type { Vec3 } from '../volume/geometry';
import type { MaskRuns, Runs } from './runs';

/**
 * The runs of a mask from those of its slices, which were found elsewhere.
 *
 * @param dims [nx, ny, nz]
 * @param parts whole slices in their order; their rows are those along x, y before z, without a margin
 * @throws InputError `volume.too-large`
 */
export function runsOfSlices(parts: readonly Runs[], dims: Vec3): MaskRuns {
  const layout = bitLayout(dims, 'x');
  const { rowsPerPlane, rowCount } = layout;
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  const [starts, ends] = [new Int32Array(count), new Int32Array(count)];
  const rowFirst = new Uint32Array(rowCount + 1);
  let before = 0;
  let row = rowsPerPlane;
  for (const part of parts) {
    starts.set(part.starts, before);
    ends.set(part.ends, before);
    const rows = part.rowFirst.length - 1;
    for (let from = 0; from < rows; from += dims[1], row += rowsPerPlane) {
      const slice = rowFirst.subarray(row, row + rowsPerPlane);
      slice[0] = before + part.rowFirst[from];
      for (let y = 0; y <= dims[1]; y++) slice[y + 1] = before + part.rowFirst[from + y];
    }
    before += part.count;
  }
  rowFirst.fill(count, row);
  return { count, starts, ends, rowFirst, layout };
}
