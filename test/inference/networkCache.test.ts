import { expect, test } from '@jest/globals';
import { NetworkCache } from '@vessels/inference/networkCache';
import { nodeRuntime } from '@vessels/inference/nodeRuntime';
import { manifest, tiny } from './helpers/models';

/** A cache, and the numbers of sessions made and released in it. */
function counted() {
  const runtime = nodeRuntime();
  const count = { made: 0, released: 0 };
  const create = async (bytes: Uint8Array) => {
    const session = await runtime.InferenceSession.create(bytes, runtime.processor.options);
    const release = session.release.bind(session);
    session.release = () => {
      count.released++;
      return release();
    };
    count.made++;
    return session;
  };
  const factory = { create } as unknown as typeof runtime.InferenceSession;
  return { count, cache: new NetworkCache({ ...runtime, InferenceSession: factory }) };
}

test('one network is kept; another model or backend releases it', async () => {
  const { cache, count } = counted();
  const wanted = { manifest: manifest(), backend: 'auto' } as const;
  expect(cache.find(wanted)).toBeUndefined();
  const network = await cache.open(wanted, tiny.bytes);
  expect(cache.find({ ...wanted })).toBe(network);
  expect(cache.find({ ...wanted, backend: 'wasm' })).toBeUndefined();

  const other = { ...wanted, manifest: manifest({ name: 'Another' }) };
  expect(cache.find(other)).toBeUndefined();
  await cache.open(other, tiny.bytes);
  expect(count).toEqual({ made: 2, released: 1 });
  expect(cache.find(wanted)).toBeUndefined();

  await cache.release();
  expect(cache.find(other)).toBeUndefined();
  expect(count).toEqual({ made: 2, released: 2 });
});

test('a model that does not open leaves nothing behind', async () => {
  const { cache, count } = counted();
  const wanted = { manifest: manifest({ patch: [8, 8, 8] }), backend: 'auto' } as const;
  await expect(cache.open(wanted, tiny.bytes)).rejects.toMatchObject({ code: 'model.shape' });
  expect(cache.find(wanted)).toBeUndefined();
  expect(count).toEqual({ made: 1, released: 1 });
});
