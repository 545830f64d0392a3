import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { bettiNumbers } from '@vessels/topology/betti';
import { labelComponents } from '@vessels/topology/components';
import { fillCavities, findCavities } from '@vessels/topology/findCavities';
import { gapsCompiled } from '@vessels/topology/gapsCompiled';
import { gapsPlain } from '@vessels/topology/gapsPlain';
import { runsOfMask } from '@vessels/topology/runs';
import { compiled } from '../helpers/compiled';
import { draw, fill, show } from '../helpers/draw';
import { pad } from '../helpers/grid';
import { randomMask } from '../helpers/masks';

/** A solid 7×5×5 block with a hole of two voxels, a hole of one, and a pit that is open at the top. */
const block = pad(
  fill([7, 5, 5], (x, y, z) => {
    const isHole = y === 2 && z === 2 && (x === 1 || x === 2 || x === 4);
    return !isHole && !(x === 5 && y === 2 && z < 2);
  }),
  1,
);

test('cavities come largest first, with a voxel in their middle', () => {
  expect(findCavities(block.mask, block.dims)).toEqual([
    { voxels: 2, middle: [2, 3, 3] },
    { voxels: 1, middle: [5, 3, 3] },
  ]);
});

test('the middle of a bent cavity lies in the cavity', () => {
  const plane = draw(['#######', '#.....#', '#.###.#', '#.###.#', '#######']).mask;
  const bent = fill([7, 5, 3], (x, y, z) => z !== 1 || plane[y * 7 + x] !== 0);
  expect(findCavities(bent.mask, bent.dims)).toEqual([{ voxels: 9, middle: [3, 1, 1] }]);
});

test('a hole that only corners close is a cavity; one at the edge of the volume is none', () => {
  const octahedron = draw(['...', '.#.', '...'], ['.#.', '#.#', '.#.'], ['...', '.#.', '...']);
  expect(findCavities(octahedron.mask, octahedron.dims)).toEqual([
    { voxels: 1, middle: [1, 1, 1] },
  ]);
  const open = draw(['###', '#.#', '###'], ['###', '###', '###']);
  expect(findCavities(open.mask, open.dims)).toEqual([]);
});

test('filling changes cavities only, and gives the mask itself back where there is none', () => {
  const filled = fillCavities(block.mask, block.dims);
  expect(show({ mask: filled, dims: block.dims }).slice(21, 28)).toEqual([
    '.........',
    '.#######.',
    '.#######.',
    '.#######.',
    '.#######.',
    '.#######.',
    '.........',
  ]);
  expect(fillCavities(filled, block.dims)).toBe(filled);
  expect(fillCavities(new Uint8Array(8), [2, 2, 2])).toEqual(new Uint8Array(8));
});

test('there are as many as the Betti number says, and none after filling', () => {
  fc.assert(
    fc.property(randomMask(), ({ mask, dims }) => {
      const before = bettiNumbers(mask, dims);
      const found = findCavities(mask, dims);
      expect(found).toHaveLength(before.b2);
      for (const { middle } of found)
        expect(mask[(middle[2] * dims[1] + middle[1]) * dims[0] + middle[0]]).toBe(0);
      const filled = fillCavities(mask, dims);
      expect(bettiNumbers(filled, dims)).toMatchObject({ b2: 0 });
      const added = filled.filter((v, i) => v !== mask[i]).length;
      expect(added).toBe(found.reduce((sum, { voxels }) => sum + voxels, 0));
    }),
  );
});

test('they are the closed 6-components of the background, with their sizes', () => {
  fc.assert(
    fc.property(randomMask(), (shape) => {
      const { mask, dims } = pad(shape, 1);
      const background = mask.map((v) => 1 - v);
      const { sizes, componentAt } = labelComponents(background, dims, 6);
      const closed = [...sizes].filter((_, c) => c + 1 !== componentAt(0));
      const found = findCavities(shape.mask, shape.dims);
      expect(found.map(({ voxels }) => voxels)).toEqual(closed);
      const pieces = found.map(({ middle: [x, y, z] }) =>
        componentAt(((z + 1) * dims[1] + y + 1) * dims[0] + x + 1),
      );
      expect(new Set(pieces).size).toBe(closed.length);
    }),
  );
});

test('the compiled kernel joins gaps as its specification does', () => {
  fc.assert(
    fc.property(randomMask(), ({ mask, dims }) => {
      const runs = runsOfMask(mask, dims);
      expect(compiled((k) => gapsCompiled(k, runs))).toEqual(gapsPlain(runs));
    }),
    { numRuns: 300 },
  );
});
