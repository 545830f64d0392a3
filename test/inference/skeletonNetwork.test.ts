import { expect, test } from '@jest/globals';
import { nodeRuntime } from '@vessels/inference/nodeRuntime';
import { parseSkeletonManifest } from '@vessels/inference/skeletonManifest';
import { openSkeletonNetwork } from '@vessels/inference/skeletonNetwork';
import { oneNodeModel } from './helpers/onnx';
import { skeletonizer } from './helpers/skeletonizers';

const manifest = skeletonizer();
/** Of one voxel. */
const [FEATURES, NEIGHBOURS] = [
  [1, 2],
  [1, 27],
];

const open = (
  operator: string,
  output: readonly number[],
  features = FEATURES,
  around = NEIGHBOURS,
) =>
  openSkeletonNetwork(
    oneNodeModel(operator, features, output, ['features', 'likeness'], ['neighbours', around]),
    manifest,
    nodeRuntime(),
  );

test('a file that is no model, and a model with other tensors, are refused', async () => {
  await expect(
    openSkeletonNetwork(new Uint8Array(9), manifest, nodeRuntime()),
  ).rejects.toMatchObject({
    code: 'model.unreadable',
    message: expect.stringContaining('test.onnx'),
  });
  const another = (shape: string) => ({
    code: 'model.shape',
    message: expect.stringContaining(shape),
  });
  await expect(open('ReduceMean', [1, 1], [1, 3])).rejects.toMatchObject(
    another('features of test.onnx has the shape 1×3 where its manifest needs voxels×2'),
  );
  await expect(open('ReduceMean', [1, 1], FEATURES, [1, 9])).rejects.toMatchObject(
    another('neighbours of test.onnx has the shape 1×9 where its manifest needs voxels×27'),
  );
  const image = oneNodeModel('ReduceMean', [1, 2], [1, 1]);
  await expect(openSkeletonNetwork(image, manifest, nodeRuntime())).rejects.toMatchObject(
    another('features of test.onnx has the shape (none)'),
  );
});

test('each voxel gets a likeness; an answer of another shape, or without numbers, is refused', async () => {
  const [mean, same] = [await open('ReduceMean', [1, 1]), await open('Identity', FEATURES)];
  const run = (value: number) => mean.run(Float32Array.of(value, value), new Int32Array(27));
  expect([...(await run(0.25))]).toEqual([0.25]);
  await expect(run(NaN)).rejects.toMatchObject({ code: 'model.not-finite' });
  await expect(same.run(new Float32Array(2), new Int32Array(27))).rejects.toMatchObject({
    code: 'model.shape',
  });
  await expect(mean.run(new Float32Array(2), new Int32Array(26))).rejects.toMatchObject({
    code: 'model.run',
  });
  await Promise.all([mean.release(), same.release()]);
});

test('a manifest that lacks something is refused with the name of the field', () => {
  const { rows: _, ...rest } = manifest;
  expect(() => parseSkeletonManifest(JSON.stringify(rest), 'skelite.json')).toThrow(
    expect.objectContaining({
      code: 'model.manifest',
      message: expect.stringContaining('skelite.json is no model manifest: rows'),
    }),
  );
  expect(parseSkeletonManifest(JSON.stringify(manifest), 'skelite.json')).toEqual(manifest);
});
