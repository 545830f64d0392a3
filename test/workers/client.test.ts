import { afterEach, expect, jest, test } from '@jest/globals';
import { nodeRuntime } from '@vessels/inference/nodeRuntime';
import { CancelledError, InputError } from '@vessels/volume/errors';
import { PipelineClient } from '@vessels/workers/client';
import { STAGES } from '@vessels/workers/pipeline';
import type { PipelineWorker, Progress } from '@vessels/workers/protocol';
import { createPipelineService } from '@vessels/workers/service';
import { grid } from '../inference/helpers/models';
import { fakeWorker, type FakeWorker } from './helpers/fakeWorker';
import { request } from './helpers/requests';

const started: FakeWorker[] = [];

/** A client whose workers offer this, and the workers that it started. */
function clientOf(service: Partial<PipelineWorker>) {
  const workers: FakeWorker[] = [];
  const client = new PipelineClient(() => {
    const worker = fakeWorker(service);
    workers.push(worker);
    started.push(worker);
    return worker;
  });
  return { client, workers };
}

const never = () => new Promise<never>(() => undefined);
/** Seconds pass when the test says so; messages still travel. */
const fakeSeconds = () =>
  jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] });
/** Let messages between the two ends arrive. */
const messages = () => new Promise((done) => setImmediate(() => setImmediate(done)));

afterEach(() => {
  jest.useRealTimers();
  started.splice(0).forEach((worker) => worker.terminate());
});

test('a run from end to end through messages', async () => {
  const { client } = clientOf(createPipelineService(() => nodeRuntime()));
  const told: Progress[] = [];
  const asked = request();
  const result = await client.segment(asked, { onProgress: (p) => told.push(p) });
  expect(result.mask).toHaveLength(24 * 20 * 30);
  expect(result.graph.branches[0].points).toBeInstanceOf(Float32Array);
  expect([...new Set(told.map(({ stage }) => stage))]).toEqual(STAGES);
  expect(asked.volume.data.byteLength).toBe(0); // handed over, not copied
  expect(await client.preview({ threshold: 0.5, minComponent: 0 })).toEqual(result.mask);
  const mesh = await client.surface(result.mask, asked.volume.geometry);
  expect(mesh.triangles.length).toBeGreaterThan(0);
});

test('a run is compared with a reference in the same go', async () => {
  const { client } = clientOf(createPipelineService(() => nodeRuntime()));
  const { mask } = await client.segment(request());
  const reference = mask.slice();
  const { qc } = await client.segment(request({ reference }));
  expect(qc.reference).toMatchObject({ dice: 1, clDice: 1, bettiError: { b0: 0, b1: 0, b2: 0 } });
  expect(reference.byteLength).toBe(0); // handed over, not copied
});

test('an InputError crosses with its code', async () => {
  const { client } = clientOf(createPipelineService(() => nodeRuntime()));
  const picking = client.keepComponent(Uint8Array.of(1, 0), [2, 1, 1], [1, 0, 0]);
  await expect(picking).rejects.toBeInstanceOf(InputError);
  await expect(picking).rejects.toMatchObject({
    code: 'mask.background-voxel',
    message: 'There is no vessel at the picked point; pick a point on a segmented vessel.',
  });
});

test.each([
  [new RangeError('Array buffer allocation failed'), 'worker.memory', /not enough memory/],
  [new TypeError('x is undefined'), 'worker.failed', /failed \(x is undefined\)/],
])('another error becomes one sentence: %s', async (error, code, text) => {
  const { client } = clientOf({ probability: () => Promise.reject(error) });
  await expect(client.probability()).rejects.toMatchObject({
    code,
    message: expect.stringMatching(text),
  });
});

test('an abort reaches the worker, whose answer is a CancelledError', async () => {
  let stop: () => void = () => undefined;
  const { client, workers } = clientOf({
    segment: (_, onProgress) => {
      onProgress({ stage: 'infer', fraction: 0.2 });
      return new Promise((_, reject) => (stop = () => reject(new CancelledError())));
    },
    cancel: () => stop(),
    probability: async () => undefined,
  });
  const abort = new AbortController();
  const onProgress = () => abort.abort();
  const running = client.segment(request(), { signal: abort.signal, onProgress });
  await expect(running).rejects.toBeInstanceOf(CancelledError);
  await client.probability();
  expect(workers).toHaveLength(1); // the same worker goes on
  await expect(client.segment(request(), { signal: abort.signal })).rejects.toBeInstanceOf(
    CancelledError,
  );
});

test('a worker that does not answer a cancel is ended, and the next call has a new one', async () => {
  fakeSeconds();
  const { client, workers } = clientOf({
    analyse: never,
    cancel: () => undefined,
    probability: async () => Uint8Array.of(7),
  });
  const abort = new AbortController();
  const { signal } = abort;
  const running = client.analyse(new Uint8Array(1), grid([1, 1, 1]), undefined, { signal });
  running.catch(() => undefined);
  abort.abort();
  await messages();
  expect(workers[0].isTerminated).toBe(false);
  jest.advanceTimersByTime(15_000);
  await expect(running).rejects.toBeInstanceOf(CancelledError);
  expect(workers[0].isTerminated).toBe(true);
  expect(await client.probability()).toEqual(Uint8Array.of(7));
  expect(workers).toHaveLength(2);
});

test('a worker that falls silent is ended; one that tells of progress is not', async () => {
  fakeSeconds();
  let tell: (p: Progress) => void = () => undefined;
  const { client, workers } = clientOf({
    segment: (_, onProgress) => {
      tell = onProgress;
      return never();
    },
  });
  const running = client.segment(request());
  running.catch(() => undefined);
  await messages();
  for (let tile = 0; tile < 5; tile++) {
    jest.advanceTimersByTime(100_000);
    tell({ stage: 'infer', fraction: tile / 5 });
    await messages();
  }
  expect(workers[0].isTerminated).toBe(false);
  jest.advanceTimersByTime(119_000);
  expect(workers[0].isTerminated).toBe(false);
  jest.advanceTimersByTime(1_000);
  await expect(running).rejects.toMatchObject({ code: 'worker.silent' });
  expect(workers[0].isTerminated).toBe(true);
});

test('a crash rejects all that wait, and the next call has a new worker', async () => {
  let answer: () => Promise<Uint8Array> = async () => Uint8Array.of(1);
  const { client, workers } = clientOf({ preview: never, probability: () => answer() });
  await client.probability();
  answer = never;
  const waiting = [client.preview({ threshold: 0.5, minComponent: 0 }), client.probability()];
  waiting.forEach((call) => call.catch(() => undefined));
  workers[0].crash();
  for (const call of waiting) await expect(call).rejects.toMatchObject({ code: 'worker.crashed' });
  answer = async () => Uint8Array.of(2);
  expect(await client.probability()).toEqual(Uint8Array.of(2));
  expect(workers.map(({ isTerminated }) => isTerminated)).toEqual([true, false]);
});

test('a worker that never answered did not start; a browser may refuse it at once', async () => {
  const { client, workers } = clientOf({ probability: never });
  const call = client.probability();
  workers[0].crash();
  await expect(call).rejects.toMatchObject({ code: 'worker.start' });
  const refused = new PipelineClient(() => {
    throw new DOMException('of another origin', 'SecurityError');
  });
  await expect(refused.probability()).rejects.toMatchObject({ code: 'worker.start' });
});

test('a worker in which ONNX Runtime did not load is not used again', async () => {
  const { client, workers } = clientOf({
    segment: () => Promise.reject(new InputError('runtime.load', 'It did not load.')),
  });
  await expect(client.segment(request())).rejects.toMatchObject({ code: 'runtime.load' });
  await expect(client.segment(request())).rejects.toMatchObject({ code: 'runtime.load' });
  expect(workers).toHaveLength(2);
});

test('release ends the worker and what waits for it', async () => {
  const { client, workers } = clientOf({ probability: never });
  const call = client.probability();
  await client.release();
  await expect(call).rejects.toBeInstanceOf(CancelledError);
  expect(workers[0].isTerminated).toBe(true);
  await client.release();
  expect(workers).toHaveLength(1);
});

test('progress that comes after the end is not told', async () => {
  let tell: (p: Progress) => void = () => undefined;
  const { client } = clientOf({
    segment: async (_, onProgress) => {
      tell = onProgress;
      throw new InputError('volume.constant', 'All voxels are the same.');
    },
  });
  const onProgress = jest.fn();
  await expect(client.segment(request(), { onProgress })).rejects.toThrow('the same');
  tell({ stage: 'infer', fraction: 0.5 });
  await messages();
  expect(onProgress).not.toHaveBeenCalled();
});
