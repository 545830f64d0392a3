import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  keepComponent,
  labelComponents,
  removeSmallComponents,
} from '@vessels/topology/components';
import { componentsCompiled } from '@vessels/topology/componentsCompiled';
import { componentsPlain } from '@vessels/topology/componentsPlain';
import { bySize } from '@vessels/topology/ranks';
import { runsOfMask } from '@vessels/topology/runs';
import { readNifti } from '@vessels/volume/nifti';
import { compiled } from '../helpers/compiled';
import { describeWithData, readData, readJson } from '../helpers/data';
import { draw, fill, show, type Drawn } from '../helpers/draw';
import { merged } from '../helpers/grid';
import { randomMask } from '../helpers/masks';

/** Three voxels in a row, a diagonal neighbour of it, and a voxel apart. */
const shape = draw(['#....', '.###.', '.....', '#...#']);

test('corner neighbours join by 26, not by 6', () => {
  expect(labelComponents(shape.mask, shape.dims, 26).count).toBe(3);
  expect(labelComponents(shape.mask, shape.dims, 6).count).toBe(4);
});

test('edge neighbours join by 18, corner neighbours do not', () => {
  const edge = draw(['#.', '..'], ['.#', '..']);
  const corner = draw(['#.', '..'], ['..', '.#']);
  expect([6, 18, 26].map((c) => labelComponents(edge.mask, edge.dims, c as 6).count)).toEqual([
    2, 1, 1,
  ]);
  expect([6, 18, 26].map((c) => labelComponents(corner.mask, corner.dims, c as 6).count)).toEqual([
    2, 2, 1,
  ]);
});

test('labels are numbered by size, with a voxel and a box of each', () => {
  const { labels, sizes, seeds, boxes } = labelComponents(shape.mask, shape.dims, 26);
  expect([...labels]).toEqual(
    [
      [1, 0, 0, 0, 0],
      [0, 1, 1, 1, 0],
      [0, 0, 0, 0, 0],
      [2, 0, 0, 0, 3],
    ].flat(),
  );
  expect([...sizes]).toEqual([4, 1, 1]);
  expect([...seeds]).toEqual([0, 15, 19]);
  expect([...boxes]).toEqual([0, 0, 0, 3, 1, 0, 0, 3, 0, 0, 3, 0, 4, 3, 0, 4, 3, 0]);
});

test('the component at a voxel is kept alone', () => {
  expect(show({ ...shape, mask: keepComponent(shape.mask, shape.dims, [2, 1, 0]) })).toEqual([
    '#....',
    '.###.',
    '.....',
    '.....',
  ]);
});

test('a background voxel and a voxel outside are refused', () => {
  const pick = (x: number, y: number) => () => keepComponent(shape.mask, shape.dims, [x, y, 0]);
  expect(pick(4, 0)).toThrow(expect.objectContaining({ code: 'mask.background-voxel' }));
  expect(pick(4, 1)).toThrow(expect.objectContaining({ code: 'mask.background-voxel' }));
  expect(pick(5, 0)).toThrow(expect.objectContaining({ code: 'mask.voxel-outside' }));
});

test('small components go, those of exactly the size stay', () => {
  expect(removeSmallComponents(shape.mask, shape.dims, { minVoxels: 4 })).toEqual(
    keepComponent(shape.mask, shape.dims, [0, 0, 0]),
  );
  expect(removeSmallComponents(shape.mask, shape.dims, { minVoxels: 1 })).toEqual(shape.mask);
});

test('an empty mask has no components, a full one has one', () => {
  expect(labelComponents(new Uint8Array(8), [2, 2, 2], 26).count).toBe(0);
  expect([...labelComponents(new Uint8Array(8).fill(255), [2, 2, 2], 6).sizes]).toEqual([8]);
});

/** Components by flood fill from each voxel that has none yet, in raster order; not sorted. */
function floodFill({ mask, dims: [nx, ny, nz] }: Drawn, connectivity: 6 | 18 | 26): Int32Array {
  const furthest = { 6: 1, 18: 2, 26: 3 }[connectivity];
  const labels = new Int32Array(mask.length);
  const fillFrom = (seed: number, label: number) => {
    const open = [seed];
    labels[seed] = label;
    for (let i = open.pop(); i !== undefined; i = open.pop()) {
      const [x, y, z] = [i % nx, Math.floor(i / nx) % ny, Math.floor(i / (nx * ny))];
      for (let c = Math.max(z - 1, 0); c <= Math.min(z + 1, nz - 1); c++)
        for (let b = Math.max(y - 1, 0); b <= Math.min(y + 1, ny - 1); b++)
          for (let a = Math.max(x - 1, 0); a <= Math.min(x + 1, nx - 1); a++) {
            const at = a + nx * (b + ny * c);
            const steps = Math.abs(a - x) + Math.abs(b - y) + Math.abs(c - z);
            if (steps > furthest || mask[at] === 0 || labels[at] !== 0) continue;
            labels[at] = label;
            open.push(at);
          }
    }
  };
  let label = 0;
  mask.forEach((v, i) => v && !labels[i] && fillFrom(i, ++label));
  return labels;
}

test.each([6, 18, 26] as const)('%d-components are those of a flood fill', (connectivity) => {
  fc.assert(
    fc.property(randomMask(), (shape) => {
      const { labels, count, sizes } = labelComponents(shape.mask, shape.dims, connectivity);
      const filled = floodFill(shape, connectivity);
      const pairs = new Set(Array.from(labels, (label, i) => `${label} ${filled[i]}`));
      const background = shape.mask.includes(0) ? 1 : 0;
      expect(pairs.size).toBe(count + background);
      expect(new Set(filled).size).toBe(count + background);
      expect([...sizes]).toEqual(
        Array.from({ length: count }, (_, c) => labels.filter((label) => label === c + 1).length),
      );
      expect([...sizes]).toEqual([...sizes].sort((a, b) => b - a));
    }),
    { numRuns: 100 },
  );
});

test('a voxel is asked for without the label volume', () => {
  fc.assert(
    fc.property(randomMask(), ({ mask, dims }) => {
      const { labels, componentAt } = labelComponents(mask, dims, 26);
      expect(Array.from(mask, (_, voxel) => componentAt(voxel))).toEqual([...labels]);
    }),
    { numRuns: 100 },
  );
});

test.each([6, 18, 26] as const)('%d-components are found as by their specification', (c) => {
  fc.assert(
    fc.property(randomMask(), ({ mask, dims }) => {
      const runs = runsOfMask(mask, dims);
      expect(compiled((k) => componentsCompiled(k, runs, c))).toEqual(componentsPlain(runs, c));
    }),
    { numRuns: 150 },
  );
});

test.each<[string, Drawn, number[]]>([
  ['one voxel', draw(['#']), [1]],
  ['a full line along x', fill([300, 1, 1], () => true), [300]],
  ['dots along z', fill([1, 1, 9], (_x, _y, z) => z % 2 === 0), [1, 1, 1, 1, 1]],
  ['a sheet one voxel thick', fill([70, 1, 40], (x) => x !== 64), [2560, 200]],
  ['the shell of a volume', fill([9, 9, 9], (...v) => v.some((n) => n % 8 === 0)), [386]],
  ['two lines longer than 2^16', fill([70_000, 3, 1], (_x, y) => y !== 1), [70_000, 70_000]],
])('%s', (_, { mask, dims }, sizes) => {
  expect([...labelComponents(mask, dims, 26).sizes]).toEqual(sizes);
  expect([...labelComponents(mask, dims, 6).sizes]).toEqual(sizes);
});

test.each([
  [255, Uint8Array],
  [256, Uint16Array],
  [65_535, Uint16Array],
  [65_536, Int32Array],
])('labels of %i components take no more bytes than they need', (count, type) => {
  const { mask, dims } = fill([2 * count, 1, 1], (x) => x % 2 === 0);
  const { labels } = labelComponents(mask, dims, 6);
  expect(labels).toBeInstanceOf(type);
  expect(labels[2 * count - 2]).toBe(count);
});

test('many sizes are ranked as by a comparison', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.nat(9), fc.nat(2 ** 31))), (list) => {
      const order = list.map((_, i) => i).sort((a, b) => list[b] - list[a] || a - b);
      expect([...bySize(Uint32Array.from(list))]).toEqual(order);
    }),
  );
});

test("the holes of the cube in scikit-image's example of Euler numbers", () => {
  const { mask, dims } = fill(
    [7, 7, 7],
    (x, y, z) =>
      (x === 3 && z === 3) ||
      (y === 3 && z === 5) ||
      (x === 5 && y === 2 && z === 2) ||
      (x === 5 && y === 3 && z === 3),
  );
  expect([...labelComponents(mask, dims, 26).sizes]).toEqual([7, 7, 2]);
});

describeWithData('sizes that the TopCoW evaluation asserts', () => {
  interface Asserted {
    readonly b0?: number;
    readonly sizes?: readonly number[];
  }
  const asserted = readJson<Record<string, Record<string, Asserted>>>(
    'topcow-fixtures/EXPECTED.json',
  )['betti0 (26-conn)'];

  test.each<[string, () => Drawn]>([
    ['zeros42^3', () => fill([42, 42, 42], () => false)],
    ['ones42^3', () => fill([42, 42, 42], () => true)],
    ...Object.keys(asserted)
      .filter((name) => name.startsWith('3D/') && asserted[name].sizes)
      .map((name): [string, () => Drawn] => [
        name,
        () => {
          const { data, geometry } = readNifti(readData(`topcow-fixtures/${name}.nii.gz`));
          return merged(data, geometry.dims);
        },
      ]),
  ])('%s', (name, shape) => {
    const { mask, dims } = shape();
    const { b0, sizes = [] } = asserted[name];
    const found = labelComponents(mask, dims, 26);
    expect(found.count).toBe(b0);
    expect([...found.sizes]).toEqual([...sizes].sort((a, b) => b - a));
  });
});
