import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { CenterlineBranch, CenterlineGraph } from '@vessels/centerline/graph';
import { nearestBranch } from '@vessels/centerline/nearest';
import type { Vec3 } from '@vessels/volume/geometry';

const branch = (id: number, points: readonly Vec3[], radius: number): CenterlineBranch => ({
  id,
  from: 1,
  to: 2,
  component: 1,
  points: Float32Array.from(points.flat()),
  radii: new Float32Array(points.length).fill(radius),
  length: 0,
  meanDiameter: 2 * radius,
  minDiameter: 2 * radius,
  maxDiameter: 2 * radius,
  narrowest: 0,
});
const graphOf = (...branches: CenterlineBranch[]): CenterlineGraph => ({
  nodes: [],
  branches,
  totalLength: 0,
});

/** Points at x = 0 … 20 in steps of 1. */
const alongX = (y: number): Vec3[] => Array.from({ length: 21 }, (_, x): Vec3 => [x, y, 0]);

describe('nearest branch', () => {
  const wide = branch(1, alongX(0), 5);
  const thin = branch(2, alongX(7), 1);
  const graph = graphOf(wide, thin);

  test('inside a vessel it is that vessel, at the point beside the cursor', () => {
    expect(nearestBranch(graph, [12.2, 1, 0])).toEqual({
      branch: wide,
      point: 12,
      distance: expect.closeTo(Math.hypot(0.2, 1), 9),
    });
  });

  test('near the wall of a wide vessel it is the wide one, though the line of the thin one is nearer', () => {
    expect(nearestBranch(graph, [10, 4.5, 0])?.branch).toBe(wide);
    expect(nearestBranch(graph, [10, 6.5, 0])?.branch).toBe(thin);
  });

  test('outside of all it is the nearest wall', () => {
    expect(nearestBranch(graph, [10, 30, 0])).toEqual({ branch: thin, point: 10, distance: 23 });
    expect(nearestBranch(graph, [25, -9, 0])?.branch).toBe(wide);
  });

  test('a graph without branches has none', () => {
    expect(nearestBranch(graphOf(), [0, 0, 0])).toBeUndefined();
  });

  test('equals a search over all points', () => {
    const coordinate = fc.double({ min: -20, max: 20, noNaN: true });
    const place = fc.tuple(coordinate, coordinate, coordinate);
    const branches = fc.array(
      fc.tuple(
        fc.array(place, { minLength: 1, maxLength: 6 }),
        fc.double({ min: 0.1, max: 8, noNaN: true }),
      ),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(branches, place, (drawn, position) => {
        const all = graphOf(...drawn.map(([points, radius], b) => branch(b + 1, points, radius)));
        const toWall = all.branches.flatMap(({ points, radii }) =>
          Array.from(
            radii,
            (r, i) => Math.hypot(...position.map((v, axis) => v - points[3 * i + axis])) - r,
          ),
        );
        const found = nearestBranch(all, position)!;
        expect(found.distance - found.branch.radii[found.point]).toBe(Math.min(...toWall));
        expect(nearestBranch(all, position)).toEqual(found);
      }),
    );
  });
});
