import type { Vec3 } from '../volume/geometry';
import { packBits } from '../volume/bits';
import { countCavities } from './cavities';
import { labelComponents } from './components';
import { runsOf } from './runs';

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
  const inside = closedBackground(mask, dims);
  return inside
    ? inside.ids.map((id) => ({ voxels: inside.sizes[id - 1], middle: middleOf(inside, id) }))
    : [];
}

/**
 * The mask with its cavities filled, 0 or the mask's own values and 1; the mask itself where it has none.
 *
 * @throws those of {@link findCavities}
 */
export function fillCavities(mask: Uint8Array, dims: Vec3): Uint8Array {
  const inside = closedBackground(mask, dims);
  if (!inside) return mask;
  const filled = mask.slice();
  const closed = new Set(inside.ids);
  eachVoxel(inside.crop, dims, (voxel, at) => {
    if (closed.has(inside.labels[at])) filled[voxel] = 1;
  });
  return filled;
}

/** Part of a volume: first voxel and size. */
interface Crop {
  readonly from: Vec3;
  readonly dims: Vec3;
}

/** Background of the foreground's bounding box, labelled, and the labels that do not reach the box's faces. */
function closedBackground(mask: Uint8Array, dims: Vec3) {
  const bits = packBits(mask, dims);
  if (countCavities(runsOf(bits), bits.rowsPerPlane) === 0) return undefined;
  const crop = boundingBox(labelComponents(mask, dims, 26).boxes);
  const background = new Uint8Array(crop.dims[0] * crop.dims[1] * crop.dims[2]);
  eachVoxel(crop, dims, (voxel, at) => (background[at] = mask[voxel] === 0 ? 1 : 0));
  const { count, labels, sizes, seeds, boxes } = labelComponents(background, crop.dims, 6);
  const ids = Array.from({ length: count }, (_, c) => c + 1).filter((id) => {
    const box = boxes.subarray(6 * id - 6, 6 * id);
    return crop.dims.every((n, axis) => box[axis] > 0 && box[axis + 3] < n - 1);
  });
  return { crop, labels, sizes, seeds, boxes, ids };
}

function boundingBox(boxes: Uint32Array): Crop {
  const from = [Infinity, Infinity, Infinity];
  const to = [0, 0, 0];
  for (let at = 0; at < boxes.length; at++) {
    const axis = at % 3;
    if (at % 6 < 3) from[axis] = Math.min(from[axis], boxes[at]);
    else to[axis] = Math.max(to[axis], boxes[at]);
  }
  return {
    from: [from[0], from[1], from[2]],
    dims: [to[0] - from[0] + 1, to[1] - from[1] + 1, to[2] - from[2] + 1],
  };
}

/** Visit the voxels of a crop with their linear index in the volume and in the crop. */
function eachVoxel(
  { from, dims: [cx, cy, cz] }: Crop,
  [nx, ny]: Vec3,
  visit: (voxel: number, at: number) => void,
): void {
  for (let z = 0, at = 0; z < cz; z++)
    for (let y = 0; y < cy; y++) {
      const first = ((z + from[2]) * ny + y + from[1]) * nx + from[0];
      for (let x = 0; x < cx; x++, at++) visit(first + x, at);
    }
}

type ClosedBackground = NonNullable<ReturnType<typeof closedBackground>>;

function middleOf({ crop, labels, boxes }: ClosedBackground, id: number): Vec3 {
  const [x0, y0, z0, x1, y1, z1] = boxes.subarray(6 * id - 6, 6 * id);
  const voxels: Vec3[] = [];
  for (let z = z0; z <= z1; z++)
    for (let y = y0; y <= y1; y++)
      for (let x = x0; x <= x1; x++)
        if (labels[(z * crop.dims[1] + y) * crop.dims[0] + x] === id) voxels.push([x, y, z]);
  const centre = [0, 1, 2].map((a) => voxels.reduce((sum, v) => sum + v[a], 0) / voxels.length);
  const far = ([x, y, z]: Vec3) => Math.hypot(x - centre[0], y - centre[1], z - centre[2]);
  const [x, y, z] = voxels.reduce((best, v) => (far(v) < far(best) ? v : best));
  return [x + crop.from[0], y + crop.from[1], z + crop.from[2]];
}
