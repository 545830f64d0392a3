import { distanceTransform } from '@vessels/volume/distanceTransform';
import type { Vec3 } from '@vessels/volume/geometry';
import { xorshift } from '../../test/helpers/masks';

/** Noise of unit variance, smoothed by a box of three voxels along each axis. */
function smoothNoise(dims: Vec3, seed: number): Float32Array {
  const random = xorshift(seed);
  const steps = [1, dims[0], dims[0] * dims[1]];
  let values = Float32Array.from(
    { length: dims[0] * dims[1] * dims[2] },
    () => random() + random() + random() - 1.5,
  );
  for (const step of steps)
    values = values.map((v, i) => v + (values[i - step] ?? v) + (values[i + step] ?? v));
  const deviation = Math.hypot(...sampleOf(values)) / Math.sqrt(SAMPLE);
  return values.map((v) => v / deviation);
}

const SAMPLE = 10_000;
const sampleOf = (values: Float32Array) =>
  Array.from({ length: SAMPLE }, (_, i) => values[Math.floor((i * values.length) / SAMPLE)]);

/** A mask whose surface is moved by about `bumps` voxels here and there; it holds the clean skeleton. */
export function roughened(
  mask: Uint8Array,
  skeleton: Uint8Array,
  dims: Vec3,
  bumps: number,
  seed: number,
): Uint8Array {
  const inside = distanceTransform(mask, dims, [1, 1, 1]);
  const outside = distanceTransform(
    mask.map((v) => 1 - v),
    dims,
    [1, 1, 1],
  );
  const noise = smoothNoise(dims, seed);
  return mask.map((value, v) => {
    const depth = value ? inside[v] - 0.5 : 0.5 - outside[v];
    return Number(depth + bumps * noise[v] > 0 || skeleton[v] > 0);
  });
}
