import { expect, test } from '@jest/globals';
import { skeletonOfBits } from '@vessels/skeleton/thinning';
import { FasterThinning } from '@vessels/skeleton/webgpu/fasterThinning';
import { ANALYSIS_STAGES, analyseMask } from '@vessels/workers/analyse';
import { createStages } from '@vessels/workers/stages';
import { thinningOn } from '@vessels/workers/thinningOn';
import { fill } from '../helpers/draw';
import { grid } from '../inference/helpers/models';

/** A network on a device whose shaders compile, or do not. */
function networkOn(isSoftware: boolean, compiles = true) {
  const device = {
    pushErrorScope: () => undefined,
    popErrorScope: async () => (compiles ? null : { message: 'no' }),
    createShaderModule: () => ({}),
    createComputePipelineAsync: async () => ({}),
  };
  const gpu = { device: device as unknown as GPUDevice, isSoftware, bytes: 0, limits: {} as never };
  return { gpu: () => gpu };
}

test('a GPU thins where there is one that is no software; each device keeps what it has learnt', async () => {
  expect(await thinningOn(undefined)).toBeUndefined();
  expect(await thinningOn({ gpu: () => undefined })).toBeUndefined();
  expect(await thinningOn(networkOn(true))).toBeUndefined();
  expect(await thinningOn(networkOn(false, false))).toBeUndefined();
  const network = networkOn(false);
  const thinning = await thinningOn(network);
  expect(thinning).toBeInstanceOf(FasterThinning);
  expect(await thinningOn(network)).toBe(thinning);
  expect(await thinningOn(networkOn(false))).not.toBe(thinning);
});

test('the analysis is the same wherever thinning runs', async () => {
  const { mask, dims } = fill([48, 48, 40], (x, y) => Math.hypot(x - 24, y - 24) < 23);
  const analyse = (thinning?: FasterThinning) =>
    analyseMask(
      { data: mask, geometry: grid(dims) },
      undefined,
      createStages(ANALYSIS_STAGES, () => undefined, undefined),
      thinning,
    );
  let asked = 0;
  const thinning = new FasterThinning(skeletonOfBits, async (volume) => {
    asked++;
    return skeletonOfBits(volume);
  });
  expect(await analyse(thinning)).toEqual(await analyse());
  expect(asked).toBe(1);
});
