import { expect, test } from '@jest/globals';
import { bettiNumbers, eulerNumber } from '@vessels/topology/betti';
import {
  keepComponent,
  labelComponents,
  removeSmallComponents,
} from '@vessels/topology/components';
import { fillCavities, findCavities } from '@vessels/topology/findCavities';
import { labelBetti } from '@vessels/topology/labelBetti';
import { runsOfMask } from '@vessels/topology/runs';
import type { Vec3 } from '@vessels/volume/geometry';

const FUNCTIONS: Record<string, (mask: Uint8Array, dims: Vec3) => unknown> = {
  bettiNumbers,
  eulerNumber: (mask, dims) => eulerNumber(mask, dims, 26),
  labelBetti,
  labelComponents: (mask, dims) => labelComponents(mask, dims, 6),
  keepComponent: (mask, dims) => keepComponent(mask, dims, [0, 0, 0]),
  removeSmallComponents: (mask, dims) => removeSmallComponents(mask, dims, { minVoxels: 2 }),
  findCavities,
  fillCavities,
  runsOfMask,
};

test.each(Object.entries(FUNCTIONS))('%s refuses what is no mask on its grid', (name, run) => {
  const refusal = (code: string, words: RegExp) =>
    expect.objectContaining({
      name: 'InputError',
      code,
      message: expect.stringMatching(words),
    });
  const argument = name === 'labelBetti' ? 'labels' : 'mask';
  const mask = new Uint8Array(8).fill(1);
  expect(() => run(mask.subarray(1), [2, 2, 2])).toThrow(
    refusal('volume.length', new RegExp(`^${argument} has 7 voxels where dims 2×2×2 need 8`)),
  );
  expect(() => run(mask, [2, 0, 2])).toThrow(refusal('volume.dims', /^dims .* y is 0/));
  expect(() => run(mask, [2, 2, NaN])).toThrow(refusal('volume.dims', /^dims .* z is NaN/));
  expect(() => run(mask, [2, 4] as unknown as Vec3)).toThrow(refusal('volume.dims', /^dims /));
  expect(() => run(mask, [2048, 1024, 1025])).toThrow(
    refusal('volume.too-large', /^dims 2048×1024×1025 make more than 2\^31 voxels/),
  );
  expect(() => run(mask, [2, 2, 2])).not.toThrow();
});
