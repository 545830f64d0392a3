import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { packBits, unpackBits } from '@vessels/volume/bits';
import { boundaryOfBits, type BoundaryNeighbours } from '@vessels/volume/boundary';
import { boundaryCompiled } from '@vessels/volume/boundaryCompiled';
import { boundaryPlain } from '@vessels/volume/boundaryPlain';
import { compiled } from '../helpers/compiled';
import { draw, fill, show, type Drawn } from '../helpers/draw';
import { randomMask } from '../helpers/masks';

const boundary = ({ mask, dims }: Drawn, neighbours?: BoundaryNeighbours): Drawn => ({
  mask: unpackBits(boundaryOfBits(packBits(mask, dims), neighbours)),
  dims,
});

test('the shell of a cube', () => {
  const cube = fill([5, 5, 5], () => true);
  expect(boundary(cube)).toEqual(
    fill([5, 5, 5], (...place) => place.some((v) => v === 0 || v === 4)),
  );
});

test('the outline of a slice: a background voxel across a corner is enough', () => {
  const notched = draw(['#####', '#####', '#####', '#####', '####.']);
  expect(show(boundary(notched, 8))).toEqual(['#####', '#...#', '#...#', '#..##', '####.']);
  expect(boundary(notched)).toEqual(notched);
});

test('a neighbour in another slice counts among 26 only', () => {
  const slices = draw(
    ['#####', '#####', '#####', '#####', '#####'],
    ['#####', '#####', '#####', '#####', '#####'],
    ['.####', '#####', '#####', '#####', '#####'],
  );
  const inner = (drawn: Drawn) => show(drawn).slice(5, 10);
  expect(inner(boundary(slices))).toEqual(['#####', '##..#', '#...#', '#...#', '#####']);
  expect(inner(boundary(slices, 8))).toEqual(['#####', '#...#', '#...#', '#...#', '#####']);
});

test('equals the definition, and the compiled kernel its specification', () => {
  fc.assert(
    fc.property(randomMask(), fc.constantFrom(8, 26), (shape, neighbours) => {
      const { mask, dims } = shape;
      const [nx, ny, nz] = dims;
      const isSet = (x: number, y: number, z: number) =>
        x >= 0 && y >= 0 && z >= 0 && x < nx && y < ny && z < nz && mask[x + nx * (y + ny * z)] > 0;
      const steps = [-1, 0, 1];
      const across = neighbours === 26 ? steps : [0];
      const expected = fill(
        dims,
        (x, y, z) =>
          isSet(x, y, z) &&
          across.some((dz) =>
            steps.some((dy) => steps.some((dx) => !isSet(x + dx, y + dy, z + dz))),
          ),
      );
      expect(boundary(shape, neighbours)).toEqual(expected);
      const volume = packBits(mask, dims);
      expect(boundaryOfBits(packBits(mask, dims, 'z'), neighbours)).toEqual(
        boundaryPlain(volume, neighbours),
      );
      expect(compiled((k) => boundaryCompiled(k, volume, neighbours))).toEqual(
        boundaryPlain(volume, neighbours),
      );
    }),
    { numRuns: 120 },
  );
});

test.each([63, 64, 65, 130])('rows of %i voxels', (n) => {
  const { mask, dims } = fill([n, 5, 4], (x, y, z) => (x * 5 + y + z) % 23 !== 0);
  const volume = packBits(mask, dims);
  expect(compiled((k) => boundaryCompiled(k, volume, 26))).toEqual(boundaryPlain(volume, 26));
});
