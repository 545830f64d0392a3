import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { packBits } from '@vessels/volume/bits';
import { distanceAt, distanceAtOfBits } from '@vessels/volume/distance';
import type { Vec3 } from '@vessels/volume/geometry';
import { readNifti } from '@vessels/volume/nifti';
import { skeletonize } from '@vessels/skeleton/thinning';
import { describeWithData, readData } from '../helpers/data';
import { draw, fill, type Drawn } from '../helpers/draw';
import { randomMask } from '../helpers/masks';
import { nearestOf, randomSpacing, voxelsWith } from '../helpers/nearest';

const all = ({ mask }: Drawn): Uint32Array => Uint32Array.from(mask.keys());

test('the middle of a disc of background corners', () => {
  const shape = draw(['.####', '#####', '#####', '#####', '####.']);
  const [middle] = distanceAt(shape.mask, shape.dims, [1, 1, 1], Uint32Array.of(12));
  expect(middle).toBe(Math.fround(Math.sqrt(8)));
});

test('spacing counts in millimetres along each axis', () => {
  const line = draw(['.###.']);
  const at = (spacing: Vec3) => distanceAt(line.mask, line.dims, spacing, Uint32Array.of(2))[0];
  expect(at([0.5, 9, 9])).toBe(1);
  const column = fill([1, 1, 5], (_x, _y, z) => z > 0 && z < 4);
  expect(distanceAt(column.mask, column.dims, [9, 9, 0.25], Uint32Array.of(2))[0]).toBe(0.5);
});

test('the outside of the volume is not background', () => {
  const shape = draw(['###.']);
  expect([...distanceAt(shape.mask, shape.dims, [1, 1, 1], all(shape))]).toEqual([3, 2, 1, 0]);
});

test('a mask without background is infinitely far from it, one without foreground not at all', () => {
  const two = Uint32Array.of(1, 0);
  expect([...distanceAt(new Uint8Array(2).fill(1), [2, 1, 1], [1, 1, 1], two)]).toEqual([
    Infinity,
    Infinity,
  ]);
  expect([...distanceAt(new Uint8Array(2), [2, 1, 1], [1, 1, 1], two)]).toEqual([0, 0]);
});

test('one background voxel at the far corner of a large block', () => {
  const block = fill([40, 50, 70], (x, y, z) => x + y + z > 0);
  const corner = 40 * 50 * 70 - 1;
  const [far] = distanceAt(block.mask, block.dims, [0.7, 1.1, 0.3], Uint32Array.of(corner));
  expect(far).toBeCloseTo(Math.hypot(39 * 0.7, 49 * 1.1, 69 * 0.3), 4);
});

test('every voxel of a thick ball, its centre farther from the background than rows are searched', () => {
  const radius = 12;
  const ball = fill([30, 29, 28], (x, y, z) => Math.hypot(x - 14, y - 13, z - 14) < radius);
  const line = Uint32Array.from({ length: 25 }, (_, i) => 2 + i + 30 * (13 + 29 * 14));
  const nearest = distanceAt(ball.mask, ball.dims, [1, 1, 1], line);
  expect([...nearest]).toEqual(
    Array.from(line, nearestOf(voxelsWith(0, ball), ball.dims, [1, 1, 1])),
  );
  expect(nearest[12]).toBe(radius);
});

test('equals the definition on random masks and spacings, packed along x or z', () => {
  fc.assert(
    fc.property(randomMask(), randomSpacing(), fc.nat(), (shape, spacing, seed) => {
      const voxels = Uint32Array.from(
        { length: 12 },
        (_, i) => (seed + i * 37) % shape.mask.length,
      );
      const expected = Float32Array.from(
        voxels,
        nearestOf(voxelsWith(0, shape), shape.dims, spacing),
      );
      expect(distanceAt(shape.mask, shape.dims, spacing, voxels)).toEqual(expected);
      const alongZ = packBits(shape.mask, shape.dims, 'z');
      expect(distanceAtOfBits(alongZ, spacing, voxels)).toEqual(expected);
    }),
    { numRuns: 100 },
  );
});

test('a voxel beyond the volume and a bad spacing are refused', () => {
  const mask = new Uint8Array(8);
  expect(() => distanceAt(mask, [2, 2, 2], [1, 1, 1], Uint32Array.of(0, 8))).toThrow(
    expect.objectContaining({ code: 'volume.voxel' }),
  );
  expect(() => distanceAt(mask, [2, 2, 2], [1, 0, 1], Uint32Array.of(0))).toThrow(
    expect.objectContaining({ code: 'volume.spacing' }),
  );
});

describeWithData('against scipy', () => {
  test('tree128: distance_transform_edt at the voxels of the Lee skeleton', () => {
    const { data, geometry } = readNifti(readData('phantoms/tree128.nii.gz'));
    const mask = data as Uint8Array;
    const skeleton = skeletonize(mask, geometry.dims, 'compatible');
    const voxels = Uint32Array.from(skeleton.keys()).filter((i) => skeleton[i] !== 0);
    const distances = distanceAt(mask, geometry.dims, [0.4, 0.5, 0.9], voxels);
    expect(voxels).toHaveLength(6661);
    expect(distances.reduce((sum, d) => sum + d, 0)).toBeCloseTo(5482.880196513079, 2);
    expect(Math.max(...distances)).toBeCloseTo(3.440930106817051, 5);
  });
});
