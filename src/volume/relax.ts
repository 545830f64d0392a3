import type { SurfaceNet } from './surfaceNets';

/** Steps inwards and back outwards (Taubin, A Signal Processing Approach to Fair Surface Design, SIGGRAPH 1995). */
const STEPS = Object.freeze([0.5, -0.53]);
const ROUNDS = 20;

/**
 * How far a coordinate may move from the centre of its cell, voxels: anywhere in the cell, but where the mask is a
 * single voxel thick only so far that most of its width is left.
 */
const REACH = Object.freeze({ thick: 0.5, thin: 0.15 });

/** Sum of the vertices that share a quad's edge with each vertex, into `sums`. */
function sumNeighbours(vertices: Float32Array, quads: Uint32Array, sums: Float32Array): void {
  sums.fill(0);
  for (let q = 0; q < quads.length; q += 4)
    for (let corner = 0; corner < 4; corner++) {
      const a = 3 * quads[q + corner];
      const b = 3 * quads[q + ((corner + 1) & 3)];
      for (let axis = 0; axis < 3; axis++) {
        sums[a + axis] += vertices[b + axis];
        sums[b + axis] += vertices[a + axis];
      }
    }
}

/**
 * Smooth a surface net without shrinking it, each vertex within its cell.
 * @returns the moved vertices, in voxel indices
 */
export function relax({ vertices: start, thin, quads }: SurfaceNet): Float32Array {
  const vertices = start.slice();
  const sums = new Float32Array(start.length);
  const counts = new Float32Array(start.length / 3);
  for (const vertex of quads) counts[vertex] += 2;
  for (let round = 0; round < ROUNDS; round++)
    for (const step of STEPS) {
      sumNeighbours(vertices, quads, sums);
      for (let vertex = 0, i = 0; vertex < counts.length; vertex++)
        for (const end = i + 3; i < end; i++) {
          const reach = thin[i] ? REACH.thin : REACH.thick;
          const moved = vertices[i] + step * (sums[i] / counts[vertex] - vertices[i]);
          vertices[i] = Math.min(start[i] + reach, Math.max(start[i] - reach, moved));
        }
    }
  return vertices;
}
