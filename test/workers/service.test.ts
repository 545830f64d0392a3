import { expect, test } from '@jest/globals';
import { nodeRuntime } from '@vessels/inference/nodeRuntime';
import type { Runtime } from '@vessels/inference/runtime';
import { createPipelineService } from '@vessels/workers/service';
import { grid, tiny, volumeOf } from '../inference/helpers/models';
import { bar, model, request, speckled } from './helpers/requests';

const silent = () => undefined;

/** A runtime that counts the sessions it makes. */
function countingRuntime() {
  const node = nodeRuntime();
  const counting = {
    made: 0,
    runtime: { ...node, InferenceSession: { create: create as never } },
  };
  function create(bytes: Uint8Array) {
    counting.made++;
    return node.InferenceSession.create(bytes, node.processor.options);
  }
  return counting;
}

test('previews, and the probability map, come from the last run that ended well', async () => {
  const service = createPipelineService(() => nodeRuntime());
  const options = { threshold: 0.5, minComponent: 0 };
  await expect(service.preview(options)).rejects.toMatchObject({ code: 'worker.no-probability' });
  expect(await service.probability()).toBeUndefined();

  const { mask } = await service.segment(request(), silent);
  expect(await service.preview(options)).toEqual(mask);
  const generous = await service.preview({ threshold: 0.01, minComponent: 0 });
  expect(generous.every((v, i) => v >= mask[i])).toBe(true);
  expect(generous.reduce((n, v) => n + v, 0)).toBeGreaterThan(mask.reduce((n, v) => n + v, 0));

  const flat = { volume: volumeOf([9, 9, 9], () => 1) };
  await expect(service.segment(request(flat), silent)).rejects.toMatchObject({
    code: 'volume.constant',
  });
  expect(await service.preview(options)).toEqual(mask);

  await service.segment(request({ volume: volumeOf([8, 8, 8], (x) => x) }), silent);
  expect(await service.probability()).toHaveLength(512);
  await service.release();
  expect(await service.probability()).toBeUndefined();
});

test('a preview drops the components that the run dropped', async () => {
  const service = createPipelineService(() => nodeRuntime());
  const asked = { volume: speckled(), model: model({ minShare: 0.5 }) };
  const { mask, qc } = await service.segment(request(asked), silent);
  expect(qc.components).toHaveLength(1);
  expect(await service.preview({ threshold: 0.5, minComponent: 0 })).toEqual(mask);
  await service.release();
});

test('the network is made once for one model and released on request', async () => {
  const counting = countingRuntime();
  const service = createPipelineService(() => counting.runtime);
  await service.segment(request(), silent);
  await service.segment(request(), silent);
  expect(counting.made).toBe(1);
  await service.release();
  await service.segment(request(), silent);
  expect(counting.made).toBe(2);
  await service.release();
});

test('a plan loads the network that the run then finds; a run waits for it', async () => {
  const counting = countingRuntime();
  const service = createPipelineService(() => counting.runtime);
  const { volume, model, runtimeBase } = request();
  const { dims } = volume.geometry;
  const planned = service.plan(
    { dims, spacing: [1, 1, 1], voxelBytes: 4, model, runtimeBase },
    silent,
  );
  const { tiles, backend } = await service.segment(request(), silent);
  expect(await planned).toMatchObject({ tiles, backend });
  expect(counting.made).toBe(1);

  const running = service.segment(request({ volume: volumeOf([64, 64, 40], (x) => x) }), silent);
  await expect(
    service.plan({ dims, spacing: [1, 1, 1], voxelBytes: 4, model, runtimeBase }, silent),
  ).rejects.toMatchObject({ code: 'worker.busy' });
  await running;

  const huge = service.plan(
    { dims: [4096, 4096, 4096], spacing: [1, 1, 1], voxelBytes: 4, model, runtimeBase },
    silent,
  );
  await expect(huge).rejects.toMatchObject({ code: 'plan.memory' });
  expect((await service.segment(request(), silent)).tiles).toBe(tiles);
  await service.release();
});

test('one job at a time; a cancelled one leaves the map of the one before', async () => {
  const service = createPipelineService(() => nodeRuntime());
  await service.segment(request(), silent);
  const before = await service.probability();
  const running = service.segment(request({ volume: volumeOf([64, 64, 40], (x) => x) }), (p) => {
    if (p.stage === 'infer') service.cancel();
  });
  const second = service.analyse(new Uint8Array(8), grid([2, 2, 2]), undefined, silent);
  await expect(second).rejects.toMatchObject({ code: 'worker.busy' });
  await expect(running).rejects.toMatchObject({ name: 'CancelledError' });
  expect(await service.probability()).toEqual(before);
  await service.release();
});

test('a cancel at any moment ends the run, and leaves the map and the network of the one before', async () => {
  const service = createPipelineService(() => nodeRuntime());
  const before = await service.segment(request(), silent);
  const map = await service.probability();
  let moments = 0;
  await service.segment(request(), () => void moments++);
  expect(moments).toBeGreaterThan(12);
  for (let moment = 1; moment < moments; moment++) {
    let told = 0;
    const running = service.segment(request(), () => {
      if (++told === moment) service.cancel();
    });
    await expect(running).rejects.toMatchObject({ name: 'CancelledError' });
    expect(await service.probability()).toEqual(map);
  }
  const again = await service.segment(request(), silent);
  expect(again.mask).toEqual(before.mask);
  expect(again.timings.compile).toBeUndefined();
  await service.release();
});

test('a run that would not fit is refused with the numbers before its first tile; the map before it stays', async () => {
  let limit = Infinity;
  const runtime: Runtime = {
    ...nodeRuntime(),
    get memoryLimit() {
      return limit;
    },
  };
  const service = createPipelineService(() => runtime);
  await service.segment(request(), silent);
  const before = await service.probability();
  limit = 2 ** 16;
  const stages: string[] = [];
  const running = service.segment(request(), ({ stage }) => stages.push(stage));
  await expect(running).rejects.toMatchObject({
    code: 'plan.memory',
    message: expect.stringMatching(/24×20×30 voxels needs .* and about .* are to be had/),
  });
  expect(stages).not.toContain('infer');
  expect(await service.probability()).toEqual(before);
  await service.release();
});

test('a mask is analysed against a reference', async () => {
  const service = createPipelineService(() => nodeRuntime());
  const { data, geometry } = bar();
  const mask = Uint8Array.from(data, (v) => (v > 0 ? 1 : 0));
  const fractions: number[] = [];
  const { graph, qc } = await service.analyse(mask, geometry, mask, (p) =>
    fractions.push(p.fraction),
  );
  expect(graph.branches).toHaveLength(1);
  expect(qc.reference).toMatchObject({ dice: 1, clDice: 1, skeletonRecall: 1 });
  expect([fractions[0], fractions.at(-1)]).toEqual([0, 1]);
});

test('a model at hand is not used up by a run', async () => {
  const service = createPipelineService(() => nodeRuntime());
  const { model } = request();
  await service.segment(request({ model }), silent);
  expect(new Uint8Array(model.file as ArrayBuffer)).toEqual(tiny.bytes);
  await service.release();
});
