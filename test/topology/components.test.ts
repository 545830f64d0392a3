import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  keepComponent,
  labelComponents,
  removeSmallComponents,
} from '@vessels/topology/components';
import { InputError } from '@vessels/volume/errors';
import { readNifti } from '@vessels/volume/nifti';
import { describeWithData, readData } from '../helpers/data';
import { draw, show, type Drawn } from '../helpers/draw';
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
  expect(removeSmallComponents(shape.mask, shape.dims, 4)).toEqual(
    keepComponent(shape.mask, shape.dims, [0, 0, 0]),
  );
  expect(removeSmallComponents(shape.mask, shape.dims, 1)).toEqual(shape.mask);
});

test('an empty mask has no components, a full one has one', () => {
  expect(labelComponents(new Uint8Array(8), [2, 2, 2], 26).count).toBe(0);
  expect([...labelComponents(new Uint8Array(8).fill(255), [2, 2, 2], 6).sizes]).toEqual([8]);
});

test('a mask that does not fill its grid is refused', () => {
  expect(() => labelComponents(new Uint8Array(7), [2, 2, 2], 26)).toThrow(InputError);
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
      const pairs = new Set(labels.map((label, i) => label * 100000 + filled[i]));
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

describeWithData('sizes that the TopCoW evaluation asserts', () => {
  test.each([
    ['betti_num_singleBlob_2x2x2_pred', [7]],
    ['shape_3x4x2_3D_twoIslands', [7, 3]],
    ['shape_5x6x4_3D_twoIslands_padded', [7, 3]],
    ['shape_5x7x9_3D_1donut', [30]],
    ['shape_3x4x2_3D_cross', [11]],
  ])('%s', (name, sizes) => {
    const { data, geometry } = readNifti(readData(`topcow-fixtures/3D/${name}.nii.gz`));
    const { mask, dims } = merged(data, geometry.dims);
    expect([...labelComponents(mask, dims, 26).sizes]).toEqual(sizes);
  });
});
