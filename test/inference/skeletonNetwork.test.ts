import { expect, test } from '@jest/globals';
import { nodeRuntime } from '@vessels/inference/nodeRuntime';
import { parseSkeletonManifest } from '@vessels/inference/skeletonManifest';
import { openSkeletonNetwork } from '@vessels/inference/skeletonNetwork';
import { oneNodeModel } from './helpers/onnx';
import { skeletonizer } from './helpers/skeletonizers';

const manifest = skeletonizer({ rows: 1, features: ['mask'], states: 1 });
const ROW = [1, 27 * 2];

const open = (operator: string, output: readonly number[], input = ROW) =>
  openSkeletonNetwork(
    oneNodeModel(operator, input, output, ['rows', 'change']),
    manifest,
    nodeRuntime(),
  );

test('a file that is no model, and a model with another tensor, are refused', async () => {
  await expect(
    openSkeletonNetwork(new Uint8Array(9), manifest, nodeRuntime()),
  ).rejects.toMatchObject({
    code: 'model.unreadable',
    message: expect.stringContaining('test.onnx'),
  });
  await expect(open('ReduceMean', [1, 1], [1, 53])).rejects.toMatchObject({
    code: 'model.shape',
    message: expect.stringContaining('1×53 where its manifest needs 1×54'),
  });
});

test('a step answers with a row for each; one of another shape, or without numbers, is refused', async () => {
  const [mean, same] = [await open('ReduceMean', [1, 1]), await open('Identity', ROW)];
  const run = (value: number) => mean.run(new Float32Array(54).fill(value));
  expect([...(await run(0.25))]).toEqual([0.25]);
  await expect(run(NaN)).rejects.toMatchObject({ code: 'model.not-finite' });
  await expect(same.run(new Float32Array(54))).rejects.toMatchObject({ code: 'model.shape' });
  await expect(mean.run(new Float32Array(53))).rejects.toMatchObject({ code: 'model.run' });
  await Promise.all([mean.release(), same.release()]);
});

test('a manifest that lacks something is refused with the name of the field', () => {
  const { states: _, ...rest } = manifest;
  expect(() => parseSkeletonManifest(JSON.stringify(rest), 'skelite.json')).toThrow(
    expect.objectContaining({
      code: 'model.manifest',
      message: expect.stringContaining('skelite.json is no model manifest: states'),
    }),
  );
  expect(parseSkeletonManifest(JSON.stringify(manifest), 'skelite.json')).toEqual(manifest);
});
