import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Blender } from '@vessels/inference/blend';
import { planTiles, type TilePlan } from '@vessels/inference/tiles';

/** Put together tiles whose voxels are a function of their place in the volume. */
function blend(plan: TilePlan, value: (x: number, y: number, z: number) => number, back = false) {
  const blender = new Blender(plan);
  const [px, py, pz] = plan.patch;
  const [xs, ys, zs] = plan.starts;
  const slabs: number[] = [];
  zs.forEach((z0, tz) => {
    const layer = ys.flatMap((y0, ty) => xs.map((x0, tx) => ({ x0, y0, tx, ty })));
    for (const { x0, y0, tx, ty } of back ? layer.reverse() : layer) {
      const tile = Float32Array.from({ length: px * py * pz }, (_, i) =>
        value(x0 + (i % px), y0 + (Math.floor(i / px) % py), z0 + Math.floor(i / px / py)),
      );
      blender.add(tile, [tx, ty, tz]);
    }
    const { z, probability } = blender.finishLayer(tz);
    expect(z * plan.dims[0] * plan.dims[1]).toBe(slabs.length);
    slabs.push(...probability);
  });
  return slabs;
}

const size = fc.integer({ min: 1, max: 14 });
const plans = fc
  .tuple(fc.tuple(size, size, size), fc.integer({ min: 2, max: 9 }), fc.nat())
  .map(([dims, patch, o]) => {
    const overlap = 1 + (o % (patch - 1));
    return planTiles(dims, [patch, patch, patch], [overlap, overlap, overlap]);
  });

test('tiles of one probability make a map of it', () => {
  fc.assert(
    fc.property(plans, fc.integer({ min: 0, max: 255 }), (plan, byte) => {
      expect(new Set(blend(plan, () => byte / 255))).toEqual(new Set([byte]));
    }),
  );
});

test('tiles that agree make a map that does not show them', () => {
  const value = (x: number, y: number, z: number) => (x + 3 * y + 5 * z) / 255;
  fc.assert(
    fc.property(plans, (plan) => {
      const [nx, ny] = plan.dims;
      const wanted = Array.from(
        { length: plan.dims[0] * plan.dims[1] * plan.dims[2] },
        (_, i) => 255 * value(i % nx, Math.floor(i / nx) % ny, Math.floor(i / nx / ny)),
      );
      expect([...blend(plan, value)]).toEqual(wanted.map(Math.round));
    }),
  );
});

test('the order of tiles in a layer does not matter', () => {
  fc.assert(
    fc.property(plans, (plan) => {
      const value = (x: number, y: number, z: number) => ((7 * x + 11 * y + 13 * z) % 101) / 101;
      expect(blend(plan, value, true)).toEqual(blend(plan, value));
    }),
  );
});

test('where two tiles disagree, each weighs most near its own middle', () => {
  const plan = planTiles([6, 1, 1], [4, 2, 2], [2, 1, 1]);
  const blender = new Blender(plan);
  blender.add(new Float32Array(16).fill(1), [0, 0, 0]);
  blender.add(new Float32Array(16).fill(0), [1, 0, 0]);
  // Tiles at 0 … 3 and 2 … 5, so middles at 1.5 and 3.5: at voxel 2 the Gaussians (σ = 4/8) are e^-0.5 and e^-4.5.
  const share = 1 / (1 + Math.exp(-4));
  expect([...blender.finishLayer(0).probability]).toEqual(
    [1, 1, share, 1 - share, 0, 0].map((v) => Math.round(255 * v)),
  );
});
