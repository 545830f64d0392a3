import { indexToWorld } from './geometry';
import { relax } from './relax';
import { surfaceNet } from './surfaceNets';
import type { Mask } from './volume';

/** Triangles of a surface: plain data, transferable between threads. */
export interface SurfaceMesh {
  /** Vertices x, y, z, x, y, z … in LPS mm. */
  readonly points: Float32Array;
  /** Unit normals of the vertices, pointing out of the mask: x, y, z … */
  readonly normals: Float32Array;
  /** Three vertex numbers per triangle, counter-clockwise seen from outside. */
  readonly triangles: Uint32Array;
}

/** Sum of the triangles' normals at each vertex, each weighted by its triangle's area, made unit. */
function vertexNormals(points: Float32Array, triangles: Uint32Array): Float32Array {
  const normals = new Float32Array(points.length);
  for (let t = 0; t < triangles.length; t += 3) {
    const [a, b, c] = [3 * triangles[t], 3 * triangles[t + 1], 3 * triangles[t + 2]];
    const ux = points[b] - points[a];
    const uy = points[b + 1] - points[a + 1];
    const uz = points[b + 2] - points[a + 2];
    const vx = points[c] - points[a];
    const vy = points[c + 1] - points[a + 1];
    const vz = points[c + 2] - points[a + 2];
    const [x, y, z] = [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx];
    for (const at of [a, b, c]) {
      normals[at] += x;
      normals[at + 1] += y;
      normals[at + 2] += z;
    }
  }
  for (let i = 0; i < normals.length; i += 3) {
    const length = Math.hypot(normals[i], normals[i + 1], normals[i + 2]) || 1;
    for (let axis = 0; axis < 3; axis++) normals[i + axis] /= length;
  }
  return normals;
}

/** Whether the three index axes turn the other way than x, y, z of the patient. */
const isLeftHanded = ([a, b, c, d, e, f, g, h, i]: readonly number[]): boolean =>
  a! * (e! * i! - f! * h!) - b! * (d! * i! - f! * g!) + c! * (d! * h! - e! * g!) < 0;

/**
 * A smooth closed surface around a mask, for display: surface nets, relaxed without shrinking thin vessels. Each
 * vertex stays within its cell, so no vessel is lost or joined.
 * @param mask 0 or 1
 */
export function surfaceOf({ data, geometry }: Mask): SurfaceMesh {
  const net = surfaceNet(data, geometry.dims);
  const indices = relax(net);
  const points = new Float32Array(indices.length);
  for (let i = 0; i < indices.length; i += 3)
    points.set(indexToWorld(geometry, [indices[i], indices[i + 1], indices[i + 2]]), i);
  const triangles = new Uint32Array((net.quads.length / 4) * 6);
  const order = isLeftHanded(geometry.direction) ? [0, 2, 1, 0, 3, 2] : [0, 1, 2, 0, 2, 3];
  for (let q = 0, t = 0; q < net.quads.length; q += 4)
    for (const corner of order) triangles[t++] = net.quads[q + corner];
  return { points, normals: vertexNormals(points, triangles), triangles };
}
