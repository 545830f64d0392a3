import type { Vec3 } from '@vessels/volume/geometry';
import { blank, tube, type Canvas } from './paint';
import { random } from './random';

/**
 * A dense mesh of capillaries, as OCT angiography shows: places on a jittered grid, each joined to the next along
 * each axis three times out of four. An axis of length 1 makes it a flat mesh.
 *
 * @param pitch voxels between places
 * @param radius voxels, of the thinnest and the thickest capillaries
 */
export function mesh(
  dims: Vec3,
  pitch: number,
  [thinnest, thickest]: readonly [number, number],
  seed: number,
): Canvas {
  const canvas = blank(dims);
  const next = random(seed);
  const cells = dims.map((n) => Math.max(1, Math.floor(n / pitch)));
  const jitter = (cell: number, axis: number) =>
    dims[axis] === 1 ? 0 : pitch * (cell + 0.15 + 0.7 * next());
  const places: Vec3[] = [];
  for (let z = 0; z < cells[2]; z++)
    for (let y = 0; y < cells[1]; y++)
      for (let x = 0; x < cells[0]; x++) places.push([jitter(x, 0), jitter(y, 1), jitter(z, 2)]);
  places.forEach((place, i) => {
    const cell = [
      i % cells[0],
      Math.floor(i / cells[0]) % cells[1],
      Math.floor(i / (cells[0] * cells[1])),
    ];
    [1, cells[0], cells[0] * cells[1]].forEach((step, axis) => {
      const radius = thinnest + (thickest - thinnest) * next();
      const joined = next() < 0.75;
      if (joined && cell[axis] + 1 < cells[axis]) tube(canvas, place, places[i + step], radius);
    });
  });
  return canvas;
}
