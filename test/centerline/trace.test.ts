import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { collapseCorners } from '@vessels/centerline/collapse';
import { traceSkeleton } from '@vessels/centerline/trace';
import { degreeOf, edgesOf, voxelGraph, voxelOf } from '@vessels/centerline/voxelGraph';
import { skeletonize } from '@vessels/skeleton/thinning';
import { bettiNumbers } from '@vessels/topology/betti';
import { fillCavities } from '@vessels/topology/findCavities';
import { UnionFind } from '@vessels/topology/unionFind';
import { packBits } from '@vessels/volume/bits';
import { draw, type Drawn } from '../helpers/draw';
import { randomMask } from '../helpers/masks';

const trace = ({ mask, dims }: Drawn) =>
  traceSkeleton(collapseCorners(voxelGraph(packBits(mask, dims))));

/** Degrees of the nodes, falling, and lengths of the paths in voxels, falling. */
function summary(shape: Drawn) {
  const { nodes, paths } = trace(shape);
  const falling = (a: number, b: number) => b - a;
  return {
    degrees: nodes.map((node) => node.degree).sort(falling),
    voxels: paths.map((path) => path.vertices.length).sort(falling),
  };
}

/** Paths − nodes + components. */
function loopsOf({ nodes, paths }: ReturnType<typeof trace>): number {
  const sets = new UnionFind(nodes.length);
  for (const { from, to } of paths) sets.union(from, to);
  return paths.length - nodes.length + sets.sets;
}

describe('voxel graph', () => {
  test('26 neighbours, none across the border of the volume', () => {
    const corners = draw(['#.#', '...'], ['...', '#.#']);
    expect(edgesOf(voxelGraph(packBits(corners.mask, corners.dims)))).toEqual([
      [0, 2],
      [1, 3],
    ]);
    const full = voxelGraph(packBits(new Uint8Array(27).fill(1), [3, 3, 3]));
    expect(degreeOf(full, 13)).toBe(26);
    expect(degreeOf(full, 0)).toBe(7);
    expect(voxelOf(full, 13)).toEqual([1, 1, 1]);
  });

  test('a triangle of touching voxels is no loop', () => {
    const corner = draw(['##', '#.']);
    expect(edgesOf(voxelGraph(packBits(corner.mask, corner.dims)))).toHaveLength(3);
    expect(edgesOf(collapseCorners(voxelGraph(packBits(corner.mask, corner.dims))))).toEqual([
      [0, 1],
      [0, 2],
    ]);
  });
});

describe('nodes and paths', () => {
  test('a line has two ends', () => {
    expect(summary(draw(['#....', '.##..', '...##']))).toEqual({ degrees: [1, 1], voxels: [5] });
  });

  test('a voxel alone is a node without a path', () => {
    expect(summary(draw(['...', '.#.', '...']))).toEqual({ degrees: [0], voxels: [] });
  });

  test('a T has one junction, in its middle', () => {
    const shape = draw(['..#..', '..#..', '#####']);
    expect(summary(shape)).toEqual({ degrees: [3, 1, 1, 1], voxels: [3, 3, 3] });
    const graph = collapseCorners(voxelGraph(packBits(shape.mask, shape.dims)));
    const junction = traceSkeleton(graph).nodes.find((node) => node.degree === 3)!;
    expect(voxelOf(graph, junction.vertex)).toEqual([2, 2, 0]);
  });

  test('a diagonal cross has one node of four', () => {
    expect(summary(draw(['#...#', '.#.#.', '..#..', '.#.#.', '#...#']))).toEqual({
      degrees: [4, 1, 1, 1, 1],
      voxels: [3, 3, 3, 3],
    });
  });

  test('junction voxels that touch are one node', () => {
    expect(summary(draw(['.#...', '.#...', '#####', '..#..', '..#..'])).degrees).toEqual([
      4, 1, 1, 1, 1,
    ]);
  });

  test('a ring has one node on it', () => {
    const ring = draw(['.###.', '#...#', '#...#', '.###.']);
    expect(summary(ring)).toEqual({ degrees: [2], voxels: [11] });
    expect(trace(ring).nodes[0].onLoop).toBe(true);
    expect(loopsOf(trace(ring))).toBe(1);
  });

  test('a ring round a single hole keeps its loop', () => {
    expect(loopsOf(trace(draw(['.#.', '#.#', '.#.'])))).toBe(1);
    const armed = draw(['..#..', '..#..', '##.##', '..#..', '..#..']);
    expect(loopsOf(trace(armed))).toBe(1);
    expect(summary(armed).degrees.filter((degree) => degree === 1)).toHaveLength(4);
  });

  test('a theta has two nodes, three paths, two loops', () => {
    const theta = draw(['.#####.', '#..#..#', '#..#..#', '#..#..#', '.#####.']);
    expect(summary(theta).degrees).toEqual([3, 3]);
    expect(trace(theta).paths).toHaveLength(3);
    expect(loopsOf(trace(theta))).toBe(2);
  });

  test('two rings that touch have one node of four; two apart have two loops', () => {
    const eight = draw(['.##...##.', '#..#.#..#', '#...#...#', '#..#.#..#', '.##...##.']);
    expect(summary(eight).degrees).toEqual([4]);
    expect(loopsOf(trace(eight))).toBe(2);
    const apart = draw(['.##..##.', '#..##..#', '.##..##.']);
    expect(loopsOf(trace(apart))).toBe(2);
    const linked = draw(['.#.....#.', '#.#####.#', '.#.....#.']);
    expect(summary(linked).degrees).toEqual([3, 3]);
    expect(loopsOf(trace(linked))).toBe(2);
  });

  test('the shell round a cavity becomes one node', () => {
    const shell = draw(
      ['.....', '.....', '..#..', '.....', '.....'],
      ['.....', '..#..', '##.##', '..#..', '.....'],
      ['.....', '.....', '..#..', '.....', '.....'],
    );
    expect(trace(shell).nodes).toHaveLength(3);
    expect(loopsOf(trace(shell))).toBe(0);
  });

  test('nothing gives nothing', () => {
    expect(trace(draw(['...']))).toEqual({ nodes: [], paths: [] });
  });
});

test('loops and components are those of the mask', () => {
  fc.assert(
    fc.property(randomMask(), ({ mask, dims }) => {
      const solid = fillCavities(mask, dims);
      const skeleton = { mask: skeletonize(solid, dims), dims };
      const { b0, b1 } = bettiNumbers(solid, dims);
      const traced = trace(skeleton);
      const sets = new UnionFind(traced.nodes.length);
      for (const { from, to } of traced.paths) sets.union(from, to);
      expect(sets.sets).toBe(b0);
      expect(loopsOf(traced)).toBe(b1);
    }),
    { numRuns: 300 },
  );
});

test('each path runs from node to node over touching voxels, each voxel lies on one', () => {
  fc.assert(
    fc.property(randomMask(), ({ mask, dims }) => {
      const skeleton = skeletonize(fillCavities(mask, dims), dims);
      const graph = voxelGraph(packBits(skeleton, dims));
      const { nodes, paths } = traceSkeleton(collapseCorners(graph));
      const inner = paths.flatMap(({ vertices }) => vertices.slice(1, -1));
      for (const { from, to, vertices } of paths) {
        expect(vertices[0]).toBe(nodes[from].vertex);
        expect(vertices.at(-1)).toBe(nodes[to].vertex);
      }
      const onPath = inner.filter((v) => degreeOf(collapseCorners(graph), v) === 2);
      expect(new Set(onPath).size).toBe(onPath.length);
      for (const [n, node] of nodes.entries())
        expect(node.degree).toBe(
          paths.flatMap((p) => [p.from, p.to]).filter((e) => e === n).length,
        );
    }),
    { numRuns: 60 },
  );
});
