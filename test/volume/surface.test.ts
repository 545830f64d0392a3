import { describe, expect, test } from '@jest/globals';
import type { Geometry, Vec3 } from '@vessels/volume/geometry';
import { surfaceOf, type SurfaceMesh } from '@vessels/volume/surface';
import { surfaceNet } from '@vessels/volume/surfaceNets';

const gridOf = (dims: Vec3, more: Partial<Geometry> = {}): Geometry => ({
  dims,
  spacing: [1, 1, 1],
  origin: [0, 0, 0],
  direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  ...more,
});

function draw(
  [nx, ny, nz]: Vec3,
  inside: (i: number, j: number, k: number) => boolean,
): Uint8Array {
  const mask = new Uint8Array(nx * ny * nz);
  for (let k = 0; k < nz; k++)
    for (let j = 0; j < ny; j++)
      for (let i = 0; i < nx; i++) if (inside(i, j, k)) mask[(k * ny + j) * nx + i] = 1;
  return mask;
}

/** Volume inside a closed surface by the divergence theorem; negative when it is inside out. */
function enclosed({ points, triangles }: SurfaceMesh): number {
  let sum = 0;
  for (let t = 0; t < triangles.length; t += 3) {
    const [a, b, c] = [0, 1, 2].map((corner) => {
      const at = 3 * triangles[t + corner];
      return [points[at], points[at + 1], points[at + 2]] as const;
    }) as [Vec3, Vec3, Vec3];
    sum +=
      a[0] * (b[1] * c[2] - b[2] * c[1]) +
      a[1] * (b[2] * c[0] - b[0] * c[2]) +
      a[2] * (b[0] * c[1] - b[1] * c[0]);
  }
  return sum / 6;
}

/** Whether every edge is walked once in each direction. */
function isClosed(triangles: Uint32Array): boolean {
  const edges = new Map<string, number>();
  for (let t = 0; t < triangles.length; t += 3)
    for (let corner = 0; corner < 3; corner++) {
      const [a, b] = [triangles[t + corner], triangles[t + ((corner + 1) % 3)]];
      edges.set(`${a}-${b}`, (edges.get(`${a}-${b}`) ?? 0) + 1);
      edges.set(`${b}-${a}`, (edges.get(`${b}-${a}`) ?? 0) - 1);
    }
  return [...edges.values()].every((balance) => balance === 0);
}

describe('surfaceNet', () => {
  test('one voxel is a cube: 8 vertices around it, 6 quads', () => {
    const { vertices, quads } = surfaceNet(
      draw([3, 3, 3], (i, j, k) => i === 1 && j === 1 && k === 1),
      [3, 3, 3],
    );
    expect(vertices).toHaveLength(24);
    expect(quads).toHaveLength(24);
    for (const coordinate of vertices) expect([0.5, 1.5]).toContain(coordinate);
  });

  test('a voxel in the corner of the grid is closed too', () => {
    const { quads } = surfaceNet(Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0), [2, 2, 2]);
    expect(quads).toHaveLength(24);
  });

  test('nothing has no surface', () => {
    const { vertices, quads } = surfaceNet(new Uint8Array(27), [3, 3, 3]);
    expect([vertices.length, quads.length]).toEqual([0, 0]);
  });

  test('a full grid is closed around its outside: one quad per outer face', () => {
    expect(surfaceNet(new Uint8Array(24).fill(1), [2, 3, 4]).quads).toHaveLength(
      4 * 2 * (6 + 8 + 12),
    );
  });
});

describe('surfaceOf', () => {
  const ball = (dims: Vec3, radius: number) =>
    draw(dims, (i, j, k) => Math.hypot(i - 12, j - 12, k - 12) <= radius);

  test('a ball keeps its volume and its place, in mm of a turned grid', () => {
    const geometry = gridOf([25, 25, 25], {
      spacing: [0.5, 0.5, 0.8],
      origin: [100, -50, 30],
      direction: [0, 1, 0, 0, 0, 1, 1, 0, 0],
    });
    const data = ball(geometry.dims, 8);
    const mesh = surfaceOf({ data, geometry });
    const volume = data.reduce((sum, value) => sum + value, 0) * 0.5 * 0.5 * 0.8;
    expect(enclosed(mesh) / volume).toBeGreaterThan(0.95);
    expect(enclosed(mesh) / volume).toBeLessThan(1.05);
    const mean = [0, 1, 2].map(
      (axis) =>
        mesh.points.reduce((sum, v, i) => (i % 3 === axis ? sum + v : sum), 0) /
        (mesh.points.length / 3),
    );
    [100 + 12 * 0.8, -50 + 12 * 0.5, 30 + 12 * 0.5].forEach((centre, axis) =>
      expect(mean[axis]).toBeCloseTo(centre, 1),
    );
  });

  test('a ball is closed, and smooth: its normals point along the radius', () => {
    const geometry = gridOf([25, 25, 25]);
    const { points, normals, triangles } = surfaceOf({ data: ball(geometry.dims, 8), geometry });
    expect(isClosed(triangles)).toBe(true);
    for (let i = 0; i < points.length; i += 3) {
      const out = [points[i] - 12, points[i + 1] - 12, points[i + 2] - 12];
      const cosine =
        [0, 1, 2].reduce((sum, a) => sum + out[a] * normals[i + a], 0) / Math.hypot(...out);
      expect(cosine).toBeGreaterThan(0.9);
    }
  });

  test('a left-handed grid is not turned inside out', () => {
    const geometry = gridOf([25, 25, 25], { direction: [1, 0, 0, 0, 1, 0, 0, 0, -1] });
    expect(enclosed(surfaceOf({ data: ball(geometry.dims, 8), geometry }))).toBeGreaterThan(1900);
  });

  test('a vessel one voxel wide keeps most of its width', () => {
    const dims: Vec3 = [20, 5, 5];
    const data = draw(dims, (i, j, k) => i > 1 && i < 18 && j === 2 && k === 2);
    expect(enclosed(surfaceOf({ data, geometry: gridOf(dims) }))).toBeGreaterThan(0.2 * 16);
  });

  test('nothing is an empty mesh', () => {
    const mesh = surfaceOf({ data: new Uint8Array(8), geometry: gridOf([2, 2, 2]) });
    expect([mesh.points.length, mesh.normals.length, mesh.triangles.length]).toEqual([0, 0, 0]);
  });
});
