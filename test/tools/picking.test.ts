import { describe, expect, test } from '@jest/globals';
import { firstVoxelAlong, voxelAt } from '@vessels/tools/picking';
import { indexToWorld, type Geometry, type Vec3 } from '@vessels/volume/geometry';
import fc from 'fast-check';

const grid: Geometry = {
  dims: [4, 3, 2],
  spacing: [1, 2, 3],
  origin: [10, 20, 30],
  direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
};

/** x axis towards the feet, y to the left, z to the back: an oblique-like order with a sign. */
const turned: Geometry = {
  dims: [6, 5, 7],
  spacing: [0.5, 1.5, 0.8],
  origin: [-3, 8, 1],
  direction: [0, 0, -1, 1, 0, 0, 0, -1, 0],
};

describe('voxelAt', () => {
  test('a voxel reaches half a spacing from its centre', () => {
    expect(voxelAt(grid, [10, 20, 30])).toEqual([0, 0, 0]);
    expect(voxelAt(grid, [10.4, 20.9, 31.4])).toEqual([0, 0, 0]);
    expect(voxelAt(grid, [10.6, 21.1, 31.6])).toEqual([1, 1, 1]);
  });

  test('outside the grid there is none', () => {
    expect(voxelAt(grid, [9.4, 20, 30])).toBeUndefined();
    expect(voxelAt(grid, [10, 20, 34.6])).toBeUndefined();
  });

  test('finds every voxel from its own centre', () => {
    expect(voxelAt(turned, indexToWorld(turned, [5, 0, 3]))).toEqual([5, 0, 3]);
  });
});

describe('firstVoxelAlong', () => {
  const visited = (geometry: Geometry, origin: Vec3, direction: Vec3, whole = false) => {
    const voxels: Vec3[] = [];
    firstVoxelAlong(geometry, { origin, direction }, (v) => (voxels.push(v), false), whole);
    return voxels;
  };

  test('walks a row from outside', () => {
    expect(visited(grid, [0, 22, 33], [5, 0, 0])).toEqual([
      [0, 1, 1],
      [1, 1, 1],
      [2, 1, 1],
      [3, 1, 1],
    ]);
  });

  test('walks backwards too', () => {
    expect(visited(grid, [12, 20, 30], [-1, 0, 0])).toEqual([
      [2, 0, 0],
      [1, 0, 0],
      [0, 0, 0],
    ]);
  });

  test('sees what lies behind the origin only when the whole line counts', () => {
    expect(visited(grid, [12, 20, 30], [1, 0, 0])).toEqual([
      [2, 0, 0],
      [3, 0, 0],
    ]);
    expect(visited(grid, [12, 20, 30], [1, 0, 0], true)[0]).toEqual([0, 0, 0]);
    expect(visited(grid, [99, 20, 30], [1, 0, 0])).toEqual([]);
  });

  test('steps from face to face of the cells, never over a corner', () => {
    expect(visited(grid, [9.5, 19.2, 30], [1, 1, 0])).toEqual([
      [0, 0, 0],
      [1, 0, 0],
      [1, 1, 0],
      [2, 1, 0],
      [3, 1, 0],
      [3, 2, 0],
    ]);
  });

  test('stops at the first hit', () => {
    const ray = { origin: [0, 22, 33], direction: [1, 0, 0] } as const;
    expect(firstVoxelAlong(grid, ray, ([i]) => i >= 2)).toEqual([2, 1, 1]);
    expect(firstVoxelAlong(grid, ray, () => false)).toBeUndefined();
  });

  test('a line past the grid meets nothing', () => {
    expect(visited(grid, [0, 99, 30], [1, 0, 0])).toEqual([]);
    expect(visited(grid, [0, 99, 30], [1, 0.001, 0])).toEqual([]);
  });

  test('meets any voxel that it aims at, by cells that share a face', () => {
    const below = (n: number) => fc.integer({ min: 0, max: n - 1 });
    const voxel = fc.tuple(below(turned.dims[0]), below(turned.dims[1]), below(turned.dims[2]));
    const mm = fc.double({ min: -40, max: 40, noNaN: true });
    fc.assert(
      fc.property(voxel, fc.tuple(mm, mm, mm), (aim, origin) => {
        const target = indexToWorld(turned, aim);
        const direction: Vec3 = [
          target[0] - origin[0],
          target[1] - origin[1],
          target[2] - origin[2],
        ];
        fc.pre(Math.hypot(...direction) > 1e-3);
        const voxels = visited(turned, origin, direction);
        expect(voxels).toContainEqual(aim);
        for (let i = 1; i < voxels.length; i++) {
          const steps = voxels[i].map((v, axis) => Math.abs(v - voxels[i - 1][axis]));
          expect(steps.reduce((a, b) => a + b)).toBe(1);
        }
      }),
    );
  });
});
