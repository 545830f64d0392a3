import type { Vec3 } from '@vessels/volume/geometry';
import { blank, tube, type Canvas } from './paint';

/** Voxels between two rods. */
const GAP = 4;

/**
 * Parallel rods of one radius (voxels) along y, as many and as long as give about `voxels` foreground voxels.
 *
 * @throws Error where they do not fit
 */
export function rods(dims: Vec3, radius: number, voxels: number): Canvas {
  const canvas = blank(dims);
  const pitch = 2 * radius + GAP;
  const longest = dims[1] - 2 * radius - GAP;
  const total = voxels / (Math.PI * radius * radius);
  const count = Math.ceil(total / longest);
  const perRow = Math.floor((dims[0] - GAP) / pitch);
  if (Math.ceil(count / perRow) * pitch + GAP > dims[2])
    throw new Error(`${count} rods of radius ${radius} do not fit`);
  const start = (dims[1] - total / count) / 2;
  for (let rod = 0; rod < count; rod++) {
    const x = GAP + radius + pitch * (rod % perRow);
    const z = GAP + radius + pitch * Math.floor(rod / perRow);
    tube(canvas, [x, start, z], [x, dims[1] - 1 - start, z], radius);
  }
  return canvas;
}
