import type { Vec3 } from '../volume/geometry';
import { packBits, type BitVolume } from '../volume/bits';
import { countCavities } from './cavities';
import { labelComponents, type Components } from './components';
import { runsOf, type Runs } from './runs';

/** A piece of background that is closed in by foreground (6-connected background). */
export interface Cavity {
  readonly voxels: number;
  /** The voxel of the cavity that lies nearest its centre, index coordinates. */
  readonly middle: Vec3;
}

/**
 * The cavities of a mask, largest first: 6-connected background that does not reach the outside of the volume.
 * Only masks that have some pay for labels, and only inside the foreground's bounding box.
 *
 * @param mask any value but 0 is foreground; x fastest
 * @throws InputError `volume.length`, `volume.dims`, `volume.too-large`
 */
export function findCavities(mask: Uint8Array, dims: Vec3): Cavity[] {
  const closed = closedBackground(mask, dims);
  if (!closed) return [];
  return closed.ids.map((id) => ({
    voxels: closed.sizes[id - 1],
    middle: middleOf(voxelsOf(closed, id)),
  }));
}

/**
 * The mask with its cavities filled, 0 or the mask's own values and 1; the mask itself where it has none.
 *
 * @throws those of {@link findCavities}
 */
export function fillCavities(mask: Uint8Array, dims: Vec3): Uint8Array {
  const closed = closedBackground(mask, dims);
  if (!closed) return mask;
  const filled = mask.slice();
  for (const id of closed.ids)
    for (const [x, y, z] of voxelsOf(closed, id)) filled[(z * dims[1] + y) * dims[0] + x] = 1;
  return filled;
}

/** Part of a volume: its first voxel and its size. */
interface Crop {
  readonly from: Vec3;
  readonly dims: Vec3;
}

/** The background of a crop, labelled; `ids` are the labels that are closed in. */
interface ClosedBackground extends Components {
  readonly crop: Crop;
  readonly ids: readonly number[];
}

/** The closed background of a mask, if there is any. */
function closedBackground(mask: Uint8Array, dims: Vec3): ClosedBackground | undefined {
  const bits = packBits(mask, dims);
  const runs = runsOf(bits);
  if (countCavities(runs, bits.rowsPerPlane) === 0) return undefined;

  const crop = boundingBox(bits, runs);
  const [cx, cy, cz] = crop.dims;
  const background = new Uint8Array(cx * cy * cz);
  for (let line = 0; line < cy * cz; line++) {
    const [y, z] = [crop.from[1] + (line % cy), crop.from[2] + Math.floor(line / cy)];
    const first = (z * dims[1] + y) * dims[0] + crop.from[0];
    for (let x = 0; x < cx; x++) if (mask[first + x] === 0) background[line * cx + x] = 1;
  }
  const components = labelComponents(background, crop.dims, 6);
  // What lies on a face of the foreground's box has only background beyond it.
  const isClosed = (id: number) =>
    crop.dims.every((n, axis) => {
      const box = components.boxes.subarray(6 * id - 6, 6 * id);
      return box[axis] > 0 && box[axis + 3] < n - 1;
    });
  const ids = Array.from({ length: components.count }, (_, c) => c + 1).filter(isClosed);
  return { ...components, crop, ids };
}

function boundingBox(bits: BitVolume, { starts, ends }: Runs): Crop {
  const rows = Array.from(bits.occupied.keys()).filter((row) => bits.occupied[row] !== 0);
  const ys = rows.map((row) => (row % bits.rowsPerPlane) - 1);
  const zs = rows.map((row) => Math.floor(row / bits.rowsPerPlane) - 1);
  const least = (values: Iterable<number>) => reduce(values, Math.min);
  const greatest = (values: Iterable<number>) => reduce(values, Math.max);
  const from: Vec3 = [least(starts), least(ys), least(zs)];
  return {
    from,
    dims: [greatest(ends) - from[0], greatest(ys) - from[1] + 1, greatest(zs) - from[2] + 1],
  };
}

function reduce(values: Iterable<number>, better: (a: number, b: number) => number): number {
  let best: number | undefined;
  for (const value of values) best = best === undefined ? value : better(best, value);
  return best ?? 0;
}

/** The voxels of one piece of background, index coordinates in the volume. */
function voxelsOf({ crop, labels, boxes }: ClosedBackground, id: number): Vec3[] {
  const [x0, y0, z0, x1, y1, z1] = boxes.subarray(6 * id - 6, 6 * id);
  const [fromX, fromY, fromZ] = crop.from;
  const voxels: Vec3[] = [];
  for (let z = z0; z <= z1; z++)
    for (let y = y0; y <= y1; y++)
      for (let x = x0; x <= x1; x++)
        if (labels[(z * crop.dims[1] + y) * crop.dims[0] + x] === id)
          voxels.push([x + fromX, y + fromY, z + fromZ]);
  return voxels;
}

/** The voxel nearest the centre of all. */
function middleOf(voxels: readonly Vec3[]): Vec3 {
  const centre = [0, 1, 2].map((a) => voxels.reduce((sum, v) => sum + v[a], 0) / voxels.length);
  const far = ([x, y, z]: Vec3) => Math.hypot(x - centre[0], y - centre[1], z - centre[2]);
  return voxels.reduce((best, v) => (far(v) < far(best) ? v : best));
}
