import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { extractCenterlines } from '@vessels/centerline/extract';
import type { CenterlineGraph } from '@vessels/centerline/graph';
import { bettiNumbers } from '@vessels/topology/betti';
import { packBits } from '@vessels/volume/bits';
import { indexToWorld, type Geometry, type Vec3 } from '@vessels/volume/geometry';
import { describeWithData, readData } from '../helpers/data';
import { draw, fill, type Drawn } from '../helpers/draw';
import { flip, pad, permute } from '../helpers/grid';
import { randomMask } from '../helpers/masks';
import { readMha } from '../helpers/mha';
import {
  ball,
  cylinder,
  digitise,
  digitiseCurve,
  gridAround,
  gridOf,
  randomDirection,
  torus,
  tube,
  uniform,
  union,
} from '../helpers/vessels';
import { readVtpArray } from '../helpers/vtp';

/** Centerlines of a drawn skeleton that is the mask as well. */
const lines = (shape: Drawn, spacing: Vec3 = [1, 1, 1]): CenterlineGraph =>
  extractCenterlines(
    { data: shape.mask, geometry: gridOf(shape.dims, spacing) },
    packBits(shape.mask, shape.dims),
  );

const kinds = ({ nodes }: CenterlineGraph) => nodes.map(({ kind }) => kind).sort();
const lengths = ({ branches }: CenterlineGraph) => branches.map(({ length }) => length);
const loops = ({ nodes, branches }: CenterlineGraph) =>
  branches.length - nodes.length + new Set(nodes.map((n) => n.component)).size;

/** Voxels i·step, i = 0 … count − 1, with a margin. */
const straight = (step: Vec3, count: number): Drawn =>
  pad(
    fill(step.map((s) => s * (count - 1) + 1) as unknown as Vec3, (...index) =>
      index.every((v, axis) => v === step[axis] * Math.max(...index)),
    ),
    2,
  );

describe('drawn lines', () => {
  test.each<[Vec3, Vec3, number]>([
    [[1, 0, 0], [1, 1, 1], 9],
    [[1, 1, 0], [1, 1, 1], 9 * Math.SQRT2],
    [[1, 1, 1], [1, 1, 1], 9 * Math.sqrt(3)],
    [[0, 1, 1], [0.4, 0.3, 0.4], 9 * 0.5],
    [[1, 0, 1], [0.5, 0.5, 1.2], 9 * 1.3],
  ])('ten voxels along %p, spacing %p: length %p', (step, spacing, expected) => {
    const graph = lines(straight(step, 10), spacing);
    expect(kinds(graph)).toEqual(['end', 'end']);
    expect(graph.branches).toHaveLength(1);
    expect(graph.branches[0].length).toBeCloseTo(expected, 4);
    expect(graph.totalLength).toBe(graph.branches[0].length);
  });

  test('two voxels, one voxel, none', () => {
    const two = lines(straight([1, 1, 0], 2));
    expect(two.branches[0].length).toBeCloseTo(Math.SQRT2, 5);
    const one = lines(straight([1, 1, 1], 1));
    expect(one.branches).toEqual([]);
    expect(one.nodes).toEqual([
      { id: 1, kind: 'isolated', position: [2, 2, 2], degree: 0, component: 1 },
    ]);
    expect(lines(draw(['...', '...']))).toEqual({ nodes: [], branches: [], totalLength: 0 });
  });

  test('a T: three branches that meet in the middle', () => {
    const graph = lines(
      pad(
        fill([21, 11, 1], (x, y) => y === 0 || x === 10),
        2,
      ),
    );
    expect(kinds(graph)).toEqual(['bifurcation', 'end', 'end', 'end']);
    const node = graph.nodes.find(({ kind }) => kind === 'bifurcation')!;
    expect(node.degree).toBe(3);
    expect(Math.hypot(node.position[0] - 12, node.position[1] - 2)).toBeLessThan(1);
    for (const length of lengths(graph)) expect(Math.abs(length - 10)).toBeLessThan(0.7);
  });

  test('components by size, branches by component and length, ids from 1', () => {
    const graph = lines(draw(['.....#.', '.......', '######.', '.......', '###....']));
    expect(graph.branches.map(({ id, component, length }) => [id, component, length])).toEqual([
      [1, 1, 5],
      [2, 2, 2],
    ]);
    expect(graph.nodes.map(({ id, component }) => [id, component])).toEqual([
      [1, 1],
      [2, 1],
      [3, 2],
      [4, 2],
      [5, 3],
    ]);
    for (const { from, to, points } of graph.branches) {
      expect(graph.nodes[from - 1].position).toEqual([...points.slice(0, 3)]);
      expect(graph.nodes[to - 1].position).toEqual([...points.slice(-3)]);
    }
  });

  test('a line one voxel wide stays in its voxels, whatever the spacing', () => {
    const shape = pad(
      fill([12, 1, 1], () => true),
      2,
    );
    for (const spacing of [
      [0.5, 0.5, 3],
      [0.5, 3, 0.5],
      [2, 0.4, 0.4],
    ] as Vec3[]) {
      const { points } = lines(shape, spacing).branches[0];
      for (let i = 0; i < points.length; i += 3) {
        expect(points[i + 1]).toBeCloseTo(2 * spacing[1], 5);
        expect(points[i + 2]).toBeCloseTo(2 * spacing[2], 5);
      }
    }
  });

  test('points lie in the world of the mask', () => {
    const geometry: Geometry = {
      dims: [5, 3, 3],
      spacing: [0.5, 0.5, 2],
      origin: [10, -20, 30],
      direction: [0, 1, 0, 0, 0, -1, -1, 0, 0],
    };
    const data = fill(geometry.dims, (_, y, z) => y === 1 && z === 1).mask;
    const { branches } = extractCenterlines({ data, geometry });
    expect(branches[0].length).toBeCloseTo(2, 6);
    expect([...branches[0].points.slice(0, 3)]).toEqual(indexToWorld(geometry, [0, 1, 1]));
    expect([...branches[0].points.slice(-3)]).toEqual(indexToWorld(geometry, [4, 1, 1]));
  });
});

describe('tubes of known length and radius', () => {
  const next = uniform(7);
  const spacings: Vec3[] = [
    [1, 1, 1],
    [0.5, 0.5, 1.25],
  ];
  const cases = spacings.flatMap((spacing) =>
    [1.5, 2, 3].flatMap((radius) =>
      Array.from({ length: 6 }, (): [number, Vec3, Vec3] => [
        radius,
        spacing,
        randomDirection(next),
      ]),
    ),
  );

  test.each(cases)('radius %p mm, spacing %p, along %p', (radius, spacing, direction) => {
    const length = 36;
    const extent = direction.map((d) => (Math.abs(d) * length) / 2 + radius) as unknown as Vec3;
    const solid = cylinder([0, 0, 0], direction, length, radius);
    const mask = digitise(solid, gridAround(extent, spacing));
    const { nodes, branches } = extractCenterlines(mask);
    expect(branches).toHaveLength(1);
    const [branch] = branches;
    const [a, b] = [nodes[branch.from - 1].position, nodes[branch.to - 1].position];
    const span = Math.hypot(...a.map((v, k) => v - b[k]));
    expect(branch.length / span - 1).toBeGreaterThan(-1e-6);
    expect(branch.length / span - 1).toBeLessThan(0.02);
    // The skeleton ends before the tip: by about a radius, more where the tube is a few voxels wide.
    expect(span).toBeGreaterThan(length - 8 * radius);
    expect(span).toBeLessThanOrEqual(length);
    const edge = Math.cbrt(spacing[0] * spacing[1] * spacing[2]);
    expect(Math.abs(branch.meanDiameter / 2 - radius)).toBeLessThan(0.15 * edge);
    expect(Math.abs(branch.minDiameter / 2 - radius)).toBeLessThan(0.5 * edge);
    expect(branch.minDiameter).toBe(2 * branch.radii[branch.narrowest]);
  });
});

describe('rings', () => {
  test.each<[number, number, Vec3, Vec3]>([
    [8, 2, [1, 1, 1], [0, 0, 1]],
    [8, 2, [1, 1, 1], [1, 2, 3]],
    [12, 2, [0.8, 0.8, 1.2], [1, -1, 0.5]],
    [12, 3, [1, 1, 1], [0, 1, 1]],
  ])('radius %p mm, tube %p mm, spacing %p, axis %p', (ring, radius, spacing, axis) => {
    const reach = ring + radius;
    const grid = gridAround([reach, reach, reach], spacing);
    const graph = extractCenterlines(digitise(torus([0, 0, 0], axis, ring, radius), grid));
    expect(kinds(graph)).toEqual(['loop']);
    expect(graph.nodes[0].degree).toBe(2);
    expect(loops(graph)).toBe(1);
    const [branch] = graph.branches;
    expect(branch.from).toBe(branch.to);
    expect(Math.abs(branch.length / (2 * Math.PI * ring) - 1)).toBeLessThan(0.015);
    expect(Math.abs(branch.meanDiameter / 2 - radius)).toBeLessThan(0.12);
    expect([...branch.points.slice(0, 3)]).toEqual([...branch.points.slice(-3)]);
  });

  test('a theta of tubes: two bifurcations, three branches, two loops', () => {
    const theta = union(torus([0, 0, 0], [0, 0, 1], 14, 2), tube([-14, 0, 0], [14, 0, 0], 2));
    const graph = extractCenterlines(digitise(theta, gridAround([17, 17, 4], [1, 1, 1])));
    expect(kinds(graph)).toEqual(['bifurcation', 'bifurcation']);
    expect(loops(graph)).toBe(2);
    const [arcA, arcB, bar] = lengths(graph);
    for (const arc of [arcA, arcB]) expect(Math.abs(arc - 14 * Math.PI)).toBeLessThan(4);
    expect(Math.abs(bar - 28)).toBeLessThan(4);
  });

  test('a double ring has two loops', () => {
    const two = union(torus([-9, 0, 0], [0, 0, 1], 9, 1.6), torus([9, 0, 0], [0, 0, 1], 9, 1.6));
    const graph = extractCenterlines(digitise(two, gridAround([20, 11, 3], [1, 1, 1])));
    expect(loops(graph)).toBe(2);
    expect(Math.abs(graph.totalLength - 36 * Math.PI)).toBeLessThan(0.06 * 36 * Math.PI);
  });
});

describe('a stenosis', () => {
  const spacing: Vec3 = [0.5, 0.5, 0.5];
  const narrow = (p: Vec3) => 2.5 - 1.25 * Math.exp(-((p[0] / 2) ** 2));
  const mask = digitise(
    (p) => Math.min(narrow(p) - Math.hypot(p[1], p[2]), 18 - Math.abs(p[0])),
    gridAround([18, 3, 3], spacing),
  );
  const { branches } = extractCenterlines(mask);

  test('is the narrowest point, with its diameter; the tapered ends are not', () => {
    expect(branches).toHaveLength(1);
    const [branch] = branches;
    expect(Math.abs(branch.points[3 * branch.narrowest])).toBeLessThan(1);
    expect(Math.abs(branch.minDiameter - 2.5)).toBeLessThan(0.3);
    expect(Math.abs(branch.maxDiameter - 5)).toBeLessThan(0.3);
    expect(Math.min(...branch.radii)).toBeLessThanOrEqual(branch.minDiameter / 2);
  });
});

describe('a bifurcation', () => {
  const mask = digitise(
    union(
      tube([0, 0, -30], [0, 0, 0], 4),
      tube([0, 0, 0], [16, 0, 24], 2.5),
      tube([0, 0, 0], [-16, 0, 24], 2.5),
    ),
    gridAround([20, 6, 36], [0.8, 0.8, 1]),
  );
  const graph = extractCenterlines(mask);

  test('has three ends and one node in the parent', () => {
    expect(kinds(graph)).toEqual(['bifurcation', 'end', 'end', 'end']);
    const { position } = graph.nodes.find(({ kind }) => kind === 'bifurcation')!;
    expect(Math.hypot(...position)).toBeLessThan(5);
  });

  test('each branch has its own diameter: the parent does not widen its children', () => {
    const diameters = graph.branches.map(({ meanDiameter }) => meanDiameter).sort();
    expect(Math.abs(diameters[0] - 5)).toBeLessThan(0.3);
    expect(Math.abs(diameters[1] - 5)).toBeLessThan(0.3);
    expect(Math.abs(diameters[2] - 8)).toBeLessThan(0.3);
  });
});

test('a hole in a vessel changes neither its line nor its diameter', () => {
  const grid = gridAround([20, 5, 5], [1, 1, 1]);
  const whole = digitise(tube([-18, 0, 0], [18, 0, 0], 4), grid);
  const hollow = digitise(
    (p) => Math.min(tube([-18, 0, 0], [18, 0, 0], 4)(p), -ball([0, 0, 0], 2)(p)),
    grid,
  );
  expect(bettiNumbers(hollow.data, grid.dims)).toEqual({ b0: 1, b1: 0, b2: 1 });
  expect(extractCenterlines(hollow)).toEqual(extractCenterlines(whole));
  expect(extractCenterlines(hollow, packBits(hollow.data, hollow.geometry.dims))).toEqual(
    extractCenterlines(whole),
  );
});

describe('any mask', () => {
  test('has its components and its loops', () => {
    fc.assert(
      fc.property(randomMask(), ({ mask, dims }) => {
        const geometry = gridOf(dims, [0.7, 0.7, 1.1]);
        const graph = extractCenterlines({ data: mask, geometry });
        const { b0 } = bettiNumbers(mask, dims);
        expect(new Set(graph.nodes.map(({ component }) => component)).size).toBe(b0);
        for (const [at, branch] of graph.branches.entries()) {
          expect(branch.id).toBe(at + 1);
          expect(branch.points).toHaveLength(3 * branch.radii.length);
          expect(branch.radii.every((r) => r > 0 && Number.isFinite(r))).toBe(true);
          expect(branch.minDiameter).toBeLessThanOrEqual(branch.meanDiameter + 1e-6);
          expect(branch.meanDiameter).toBeLessThanOrEqual(branch.maxDiameter + 1e-6);
          expect(branch.narrowest).toBeLessThan(branch.radii.length);
          expect(branch.length).toBeGreaterThan(0);
          branch.points.forEach((v, i) => {
            const voxel = v / geometry.spacing[i % 3];
            expect(voxel).toBeGreaterThan(-1e-4);
            expect(voxel).toBeLessThan(dims[i % 3] - 1 + 1e-4);
          });
        }
      }),
      { numRuns: 150 },
    );
  });

  test('scales with the spacing', () => {
    fc.assert(
      fc.property(randomMask(), fc.constantFrom(0.25, 2, 8), ({ mask, dims }, scale) => {
        const at = (k: number) =>
          extractCenterlines({ data: mask, geometry: gridOf(dims, [k, 0.5 * k, 2 * k]) });
        const [one, scaled] = [at(1), at(scale)];
        expect(scaled.branches).toHaveLength(one.branches.length);
        expect(scaled.totalLength).toBeCloseTo(scale * one.totalLength, 2);
      }),
      { numRuns: 60 },
    );
  });
});

test('mirrored or with its axes in another order, a skeleton has the same lengths', () => {
  const next = uniform(3);
  for (let round = 0; round < 8; round++) {
    const [u, v, w] = [0, 1, 2].map(() => randomDirection(next));
    const wave = (t: number): Vec3 => {
      const [a, b, c] = [24 * (t - 0.5), 6 * Math.sin(5 * t), 6 * Math.cos(4 * t)];
      return [0, 1, 2].map((k) => 25 + a * u[k] + b * v[k] + c * w[k]) as unknown as Vec3;
    };
    const shape = { dims: [50, 50, 50] as Vec3, mask: new Uint8Array(125_000) };
    for (const [x, y, z] of digitiseCurve(wave)) shape.mask[(z * 50 + y) * 50 + x] = 1;
    const { totalLength, branches } = lines(shape);
    for (const other of [flip(shape, 0), flip(shape, 2), permute(shape, [2, 0, 1])]) {
      const graph = lines(other);
      expect(graph.branches).toHaveLength(branches.length);
      expect(Math.abs(graph.totalLength / totalLength - 1)).toBeLessThan(0.01);
    }
  }
});

describe('input', () => {
  test('a skeleton of another grid is refused', () => {
    const mask = { data: new Uint8Array(8), geometry: gridOf([2, 2, 2]) };
    expect(() => extractCenterlines(mask, packBits(new Uint8Array(9), [3, 3, 1]))).toThrow(
      expect.objectContaining({ code: 'volume.dims' }),
    );
  });
});

describeWithData('the aorta', () => {
  const { data, geometry } = readMha(readData('angiograms/aorta-lumen-levelset.mha'));
  const graph = extractCenterlines({
    data: Uint8Array.from(data, (value) => (value < 0 ? 1 : 0)),
    geometry,
  });

  test('has one bifurcation and three ends, as VMTK found', () => {
    expect(kinds(graph)).toEqual(['bifurcation', 'end', 'end', 'end']);
  });

  test('the common iliac arteries are narrower than the aorta', () => {
    const [iliacA, iliacB, aorta] = graph.branches.map((b) => b.meanDiameter).sort((a, b) => a - b);
    expect(iliacA).toBeGreaterThan(8);
    expect(iliacB).toBeLessThan(10);
    expect(aorta).toBeGreaterThan(14);
  });

  test('lines and radii agree with VMTK: 0.5 mm and 0.2 mm on average, voxels are 0.9 × 0.9 × 1.5 mm', () => {
    const file = readData('angiograms/aorta-centerline.vtp');
    const places = readVtpArray(file, 'Points');
    const radii = readVtpArray(file, 'MaximumInscribedSphereRadius');
    const away: number[] = [];
    const wider: number[] = [];
    for (const branch of graph.branches)
      for (let i = 0; i < branch.radii.length; i++) {
        // The file is in RAS, turned half round the z axis from LPS.
        const [x, y, z] = [
          -branch.points[3 * i],
          -branch.points[3 * i + 1],
          branch.points[3 * i + 2],
        ];
        let nearest = 0;
        let least = Infinity;
        for (let j = 0; j < radii.length; j++) {
          const d = Math.hypot(places[3 * j] - x, places[3 * j + 1] - y, places[3 * j + 2] - z);
          if (d < least) [least, nearest] = [d, j];
        }
        away.push(least);
        wider.push(branch.radii[i] - radii[nearest]);
      }
    const mean = (values: number[]) => values.reduce((sum, v) => sum + v, 0) / values.length;
    expect(mean(away)).toBeLessThan(0.5);
    expect(Math.max(...away)).toBeLessThan(2);
    expect(Math.abs(mean(wider))).toBeLessThan(0.2);
  });
});
