import { describe, expect, test } from '@jest/globals';
import { mesh } from '../../bench/kernels/cases/mesh';
import { ball, blank, type Canvas } from '../../bench/kernels/cases/paint';
import { perturb } from '../../bench/kernels/cases/perturb';
import { rods } from '../../bench/kernels/cases/rods';
import { scattered } from '../../bench/kernels/cases/scattered';
import { tree } from '../../bench/kernels/cases/tree';
import { bettiNumbers } from '@vessels/topology/betti';

const voxels = ({ mask }: Canvas): number => mask.reduce((sum, v) => sum + v, 0);

describe('the drawn cases of the bench', () => {
  const small = () =>
    tree([48, 40, 32], { radius: [4, 1.2], density: 0.05, root: [0.5, 0.1, 0.5] }, 3);

  test('a tree is the same whenever it is drawn, of one piece, and as dense as asked', () => {
    const drawn = small();
    expect(drawn.mask).toEqual(small().mask);
    expect(bettiNumbers(drawn.mask, drawn.dims).b0).toBe(1);
    const density = voxels(drawn) / drawn.mask.length;
    expect(density).toBeGreaterThan(0.05);
    expect(density).toBeLessThan(0.06);
  });

  test('the twin of a tree has other Betti numbers and leaves the tree as it was', () => {
    const drawn = small();
    const twin = perturb(drawn, 1);
    expect(drawn.mask).toEqual(small().mask);
    expect(twin.mask).toEqual(perturb(small(), 1).mask);
    expect(bettiNumbers(twin.mask, twin.dims)).not.toEqual(bettiNumbers(drawn.mask, drawn.dims));
  });

  test('a ball holds the voxels within its radius, and is cut at the border', () => {
    const canvas = blank([5, 5, 5]);
    expect(ball(canvas, [2, 2, 2], 1)).toBe(7);
    expect(ball(canvas, [2, 2, 2], 1)).toBe(0);
    expect(ball(blank([5, 5, 5]), [0, 0, 0], 1)).toBe(4);
    expect(ball(canvas, [2, 2, 2], 9, 0)).toBe(7);
  });

  test('rods keep their voxels whatever their radius', () => {
    for (const radius of [1.5, 3, 6]) {
      const drawn = rods([96, 96, 96], radius, 20_000);
      expect(Math.abs(voxels(drawn) / 20_000 - 1)).toBeLessThan(0.02);
    }
    expect(() => rods([32, 32, 32], 6, 30_000)).toThrow('do not fit');
  });

  test('scattered tubes and meshes fill what they should; a flat mesh has one slice', () => {
    const share = (canvas: Canvas) => voxels(canvas) / canvas.mask.length;
    expect(share(scattered([40, 40, 40], 2, 20, 0.1, 1))).toBeCloseTo(0.1, 1);
    expect(share(mesh([64, 64, 32], 14, [2, 4], 5))).toBeGreaterThan(0.1);
    expect(voxels(mesh([128, 128, 1], 20, [2, 3], 6))).toBeGreaterThan(1000);
  });
});
