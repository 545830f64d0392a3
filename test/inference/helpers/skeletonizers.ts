import type { SkeletonManifest } from '@vessels/inference/skeletonManifest';
import type { Vec3 } from '@vessels/volume/geometry';

/**
 * One iteration of a learned skeletonizer: a row of what lies around a voxel (of each neighbour the features, then the
 * states) to the changes of its states.
 */
export type Step = (row: ArrayLike<number>) => number[];

/** A manifest with features and states as the bundled ones have them. */
export const skeletonizer = (changes: Partial<SkeletonManifest> = {}): SkeletonManifest => ({
  schema: 1,
  id: 'test',
  name: 'test',
  version: '0',
  file: 'test.onnx',
  sha256: '0'.repeat(64),
  dimensions: 3,
  rows: 3,
  iterations: 3,
  features: ['mask', 'depth'],
  licence: 'MIT',
  card: 'card.md',
  description: 'test',
  ...changes,
});

/** A network of so many states that repeats a step on each of its rows, and counts its runs. */
export function network(
  { iterations, dimensions, features: { length: known } }: SkeletonManifest,
  states: number,
  step: Step,
) {
  const around = 3 ** dimensions;
  const made = {
    runs: 0,
    run: async (features: Float32Array, neighbours: Int32Array) => {
      made.runs++;
      const count = features.length / known;
      let state = Array.from({ length: count + 1 }, () => Array<number>(states).fill(0));
      const seen = (row: number) =>
        row === count
          ? Array<number>(known + states).fill(0)
          : [...features.subarray(row * known, (row + 1) * known), ...state[row]];
      for (let i = 0; i < iterations; i++)
        state = state.map((own, row) => {
          if (row === count) return own;
          const beside = [...neighbours.subarray(row * around, (row + 1) * around)];
          return step(beside.flatMap(seen)).map((change, s) => own[s] + change);
        });
      return Float32Array.from(state.slice(0, count), ([first]) => 1 / (1 + Math.exp(-first)));
    },
  };
  return made;
}

/**
 * The likeness by the definition of the manifest, in plain loops over the whole volume: another way to the numbers of
 * `skeletonLikeness`.
 */
export function denseLikeness(
  mask: Uint8Array,
  [nx, ny, nz]: Vec3,
  { dimensions, iterations }: SkeletonManifest,
  states: number,
  step: Step,
): Uint8Array {
  const at = (x: number, y: number, z: number) =>
    x < 0 || y < 0 || z < 0 || x >= nx || y >= ny || z >= nz ? -1 : x + nx * (y + ny * z);
  const places: Vec3[] = [];
  for (let z = 0; z < nz; z++)
    for (let y = 0; y < ny; y++) for (let x = 0; x < nx; x++) places.push([x, y, z]);
  const background = places.filter((_, v) => mask[v] === 0);
  const known = places.map(([x, y, z], v) => {
    const far = Math.min(...background.map(([u, w, t]) => Math.hypot(u - x, w - y, t - z)));
    return mask[v] === 0 ? [] : [1, Math.log2(1 + far) / 4];
  });
  const nothing = Array<number>(2 + states).fill(0);
  let state = places.map(() => Array<number>(states).fill(0));
  for (let i = 0; i < iterations; i++)
    state = places.map(([x, y, z], v) => {
      if (mask[v] === 0) return state[v];
      const row: number[] = [];
      for (let dz = dimensions === 3 ? -1 : 0; dz <= (dimensions === 3 ? 1 : 0); dz++)
        for (let dy = -1; dy <= 1; dy++)
          for (let dx = -1; dx <= 1; dx++) {
            const beside = at(x + dx, y + dy, z + dz);
            row.push(
              ...(beside >= 0 && mask[beside] !== 0
                ? [...known[beside], ...state[beside]]
                : nothing),
            );
          }
      return step(row).map((change, s) => state[v][s] + change);
    });
  return Uint8Array.from(places, (_, v) =>
    mask[v] === 0 ? 0 : Math.round(255 / (1 + Math.exp(-state[v][0]))),
  );
}
