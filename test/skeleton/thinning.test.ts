import { describe, expect, test } from '@jest/globals';
import { skeletonize } from '@vessels/skeleton/thinning';
import { bettiNumbers } from '@vessels/topology/betti';
import type { Vec3 } from '@vessels/volume/geometry';
import { readNifti } from '@vessels/volume/nifti';
import { describeWithData, hasData, readData, readJson } from '../helpers/data';
import { draw, fill, show, type Drawn } from '../helpers/draw';
import { merged, pad } from '../helpers/grid';
import { fromCOrder, readNpy } from '../helpers/npy';
import { oracleMask } from '../helpers/oracle';
import { readTiffStack } from '../helpers/tiff';

const count = (mask: Uint8Array): number => mask.reduce((sum, v) => sum + v, 0);
const thinned = (shape: Drawn, mode?: 'safe' | 'compatible'): Drawn => ({
  ...shape,
  mask: skeletonize(shape.mask, shape.dims, mode),
});

describe('drawn shapes', () => {
  test('a bar becomes its middle line', () => {
    const bar = draw(['.........', '.#######.', '.#######.', '.#######.', '.........']);
    expect(show(thinned(bar))).toEqual([
      '.........',
      '.........',
      '.#######.',
      '.........',
      '.........',
    ]);
  });

  test('a line stays as it is, ends included', () => {
    const line = draw(['#....', '.#...', '..###']);
    expect(show(thinned(line))).toEqual(show(line));
  });

  test('the arms of a cross keep their ends', () => {
    const cross = fill([21, 21, 5], (x, y, z) => {
      const [dx, dy] = [Math.abs(x - 10), Math.abs(y - 10)];
      return z > 0 && z < 4 && Math.min(dx, dy) < 2 && Math.max(dx, dy) < 9;
    });
    const { mask, dims } = thinned(cross);
    expect(endPoints({ mask, dims })).toHaveLength(4);
    for (const [x, y, z] of endPoints({ mask, dims })) {
      expect(z).toBe(2);
      expect(Math.min(Math.abs(x - 10), Math.abs(y - 10))).toBe(0);
      expect(Math.max(Math.abs(x - 10), Math.abs(y - 10))).toBeGreaterThanOrEqual(7);
    }
  });

  test.each([2, 8])('a cube of %i³ keeps a voxel; the compatible mode loses it', (size) => {
    const cube = fill([size, size, size], () => true);
    expect(count(thinned(cube).mask)).toBeGreaterThan(0);
    expect(count(thinned(cube, 'compatible').mask)).toBe(0);
  });

  test('a cube of 7³ leaves three voxels, as in scikit-image', () => {
    expect(
      count(
        thinned(
          fill([7, 7, 7], () => true),
          'compatible',
        ).mask,
      ),
    ).toBe(3);
  });

  test('a tube along z is thinned to its axis', () => {
    const tube = fill([11, 11, 40], (x, y) => Math.hypot(x - 5, y - 5) < 4.2);
    const { mask, dims } = thinned(tube);
    const voxels = coordinates({ mask, dims });
    for (const [x, y] of voxels) expect([x, y]).toEqual([5, 5]);
    expect(voxels.length).toBeGreaterThan(30);
  });

  test.each<[string, Vec3]>([
    ['x', [40, 4, 4]],
    ['y', [4, 40, 4]],
    ['z', [4, 4, 40]],
    ['x, flat', [40, 2, 2]],
    ['y, flat', [2, 40, 2]],
    ['z, flat', [2, 2, 40]],
  ])(
    'a vessel with an even number of voxels across is not eaten from its end: along %s',
    (_, dims) => {
      const vessel = pad(
        fill(dims, () => true),
        1,
      );
      expect(count(thinned(vessel).mask)).toBeGreaterThan(30);
    },
  );

  test.each([
    ['along x', fill([9, 1, 1], () => true)],
    ['along y', fill([1, 9, 1], () => true)],
    ['along z', fill([1, 1, 9], () => true)],
  ])('a one-voxel line that fills the volume %s stays', (_, line) => {
    expect(thinned(line).mask).toEqual(line.mask);
    expect(thinned(line, 'compatible').mask).toEqual(line.mask);
  });

  test('an empty mask stays empty', () => {
    for (const mode of ['safe', 'compatible'] as const)
      expect(count(skeletonize(new Uint8Array(60), [3, 4, 5], mode))).toBe(0);
  });
});

test('any value but 0 is foreground', () => {
  const shape = fill([9, 9, 9], (x, y, z) => Math.hypot(x - 4, y - 4) < 3 && z > 1);
  expect(
    skeletonize(
      shape.mask.map((v) => 255 * v),
      shape.dims,
    ),
  ).toEqual(thinned(shape).mask);
});

describeWithData('the compatible mode against scikit-image and Fiji', () => {
  test.each([
    ['octa_labels', 6817],
    ['vessap48', 630],
    ['vmtk_aorta_levelset_neg', 120],
  ])('%s, voxel for voxel', (name, voxels) => {
    const { mask, dims, skeleton } = oracleMask(name);
    const ours = skeletonize(mask, dims, 'compatible');
    expect(count(ours)).toBe(voxels);
    expect(Buffer.compare(ours, skeleton)).toBe(0);
  });

  test("Fiji's skeleton of the blobs, voxel for voxel", () => {
    const input = readNpy(readData('skeleton/blobs-input.npy'));
    const shape = input.shape as unknown as [number, number, number];
    const { mask, dims } = fromCOrder(input.data as Uint8Array, shape);
    const fiji = readTiffStack(readData('skeleton/blobs-fiji-skeleton.tif'));
    const expected = fromCOrder(fiji.data, shape).mask;
    expect(Buffer.compare(skeletonize(mask, dims, 'compatible'), expected)).toBe(0);
  });

  test.each([
    ['tree128', 6661],
    ['tree256', 38836],
  ])('%s: number of voxels', (name, voxels) => {
    const { data, geometry } = readNifti(readData(`phantoms/${name}.nii.gz`));
    expect(count(skeletonize(data as Uint8Array, geometry.dims, 'compatible'))).toBe(voxels);
  });

  test('TopCoW fixtures: number of voxels', () => {
    const { betti_merged_binary: measured } = readJson<{
      betti_merged_binary: Record<string, { skel_vox: number }>;
    }>('oracle/fixtures_measured.json');
    for (const [file, { skel_vox: voxels }] of Object.entries(measured)) {
      if (!hasData(`topcow-fixtures/${file}`)) continue;
      const { data, geometry } = readNifti(readData(`topcow-fixtures/${file}`));
      const { mask, dims } = merged(data, geometry.dims);
      expect([file, count(skeletonize(mask, dims, 'compatible'))]).toEqual([file, voxels]);
    }
  });
});

describeWithData('the safe mode on real masks', () => {
  test.each(['octa_labels', 'vessap48', 'vmtk_aorta_levelset_neg'])('%s', (name) => {
    const { mask, dims } = oracleMask(name);
    expect(bettiNumbers(skeletonize(mask, dims), dims)).toEqual(bettiNumbers(mask, dims));
  });

  test('the aorta has three ends: one bifurcation', () => {
    const { mask, dims } = oracleMask('vmtk_aorta_levelset_neg');
    expect(endPoints({ mask: skeletonize(mask, dims), dims })).toHaveLength(3);
  });
});

function coordinates({ mask, dims: [nx, ny] }: Drawn): [number, number, number][] {
  return Array.from(mask.keys())
    .filter((i) => mask[i] !== 0)
    .map((i) => [i % nx, Math.floor(i / nx) % ny, Math.floor(i / (nx * ny))]);
}

/** Voxels with one 26-neighbour. */
function endPoints(shape: Drawn): [number, number, number][] {
  const voxels = coordinates(shape);
  const touches = (a: readonly number[], b: readonly number[]) =>
    Math.max(...a.map((v, axis) => Math.abs(v - b[axis]))) === 1;
  return voxels.filter((v) => voxels.filter((u) => touches(u, v)).length === 1);
}
