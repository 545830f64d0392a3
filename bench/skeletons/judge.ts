import { bettiNumbers } from '@vessels/topology/betti';
import { labelComponents } from '@vessels/topology/components';
import type { Vec3 } from '@vessels/volume/geometry';

/** What a skeleton gets wrong. */
export interface Verdict {
  readonly voxels: number;
  /** Betti numbers of the skeleton less those of the mask. */
  readonly b0: number;
  readonly b1: number;
  readonly b2: number;
  /** Components of the mask without a voxel of the skeleton. */
  readonly lost: number;
  /** Most steps (26 neighbours, inside the mask) from a voxel to the skeleton; lost components aside. */
  readonly farthest: number;
}

export function judge(mask: Uint8Array, skeleton: Uint8Array, dims: Vec3): Verdict {
  const [of, is] = [bettiNumbers(mask, dims), bettiNumbers(skeleton, dims)];
  const { labels, count } = labelComponents(mask, dims, 26);
  const met = new Set<number>();
  let voxels = 0;
  skeleton.forEach((v, i) => {
    if (v === 0) return;
    voxels++;
    met.add(labels[i]);
  });
  return {
    voxels,
    b0: is.b0 - of.b0,
    b1: is.b1 - of.b1,
    b2: is.b2 - of.b2,
    lost: count - met.size,
    farthest: farthestSteps(mask, skeleton, dims),
  };
}

/** Breadth-first from the skeleton through the mask. */
function farthestSteps(mask: Uint8Array, skeleton: Uint8Array, [nx, ny, nz]: Vec3): number {
  const reached = skeleton.slice();
  let front: number[] = [];
  skeleton.forEach((v, i) => v !== 0 && front.push(i));
  for (let steps = 0; ; steps++) {
    const next: number[] = [];
    for (const i of front) {
      const [x, y, z] = [i % nx, Math.floor(i / nx) % ny, Math.floor(i / (nx * ny))];
      for (let w = Math.max(z - 1, 0); w <= Math.min(z + 1, nz - 1); w++)
        for (let v = Math.max(y - 1, 0); v <= Math.min(y + 1, ny - 1); v++)
          for (let u = Math.max(x - 1, 0); u <= Math.min(x + 1, nx - 1); u++) {
            const at = u + nx * (v + ny * w);
            if (mask[at] === 0 || reached[at] !== 0) continue;
            reached[at] = 1;
            next.push(at);
          }
    }
    if (next.length === 0) return steps;
    front = next;
  }
}
