import type { Vec3 } from '@vessels/volume/geometry';
import { ball, blank, tube, type Canvas } from './paint';

/** Voxels between two rods. */
const GAP = 4;

/**
 * Parallel rods of one radius (voxels) along y, as many and as long as give about `voxels` foreground voxels.
 *
 * @throws Error where they do not fit
 */
export function rods(dims: Vec3, radius: number, voxels: number): Canvas {
  const canvas = blank(dims);
  const reach = Math.floor(radius);
  const pitch = 2 * reach + 1 + GAP;
  const section = ball(blank([pitch, pitch, 1]), [reach, reach, 0], radius);
  const caps = ball(blank([pitch, pitch, pitch]), [reach, reach, reach], radius) / section;
  const longest = dims[1] - 2 * reach - GAP;
  const count = Math.ceil(voxels / section / (longest + caps));
  const length = Math.round(voxels / section / count - caps);
  const perRow = Math.floor((dims[0] - GAP) / pitch);
  if (perRow < 1 || Math.ceil(count / perRow) * pitch + GAP > dims[2])
    throw new Error(`${count} rods of radius ${radius} do not fit`);
  const start = (dims[1] - length) >> 1;
  for (let rod = 0; rod < count; rod++) {
    const x = GAP + reach + pitch * (rod % perRow);
    const z = GAP + reach + pitch * Math.floor(rod / perRow);
    tube(canvas, [x, start, z], [x, start + length, z], radius);
  }
  return canvas;
}
