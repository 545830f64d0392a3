import { expect, jest, test } from '@jest/globals';
import { skeletonOfBits } from '@vessels/skeleton/thinning';
import { FasterThinning, LEAST } from '@vessels/skeleton/webgpu/fasterThinning';
import { packBits, type BitVolume } from '@vessels/volume/bits';
import { fill } from '../../helpers/draw';

/** A bar of about so many voxels. */
function bar(voxels: number): BitVolume {
  const { mask, dims } = fill([32, 32, Math.ceil(voxels / 1024)], () => true);
  return packBits(mask, dims, 'z');
}

const [small, large, larger] = [bar(LEAST / 2), bar(2 * LEAST), bar(10 * LEAST)];

/** Thinning with a clock of its own: the processor and the GPU take as many ms as are said. */
function timed(processorMs: number, gpuMs: number, onGpu = skeletonOfBits) {
  let clock = 0;
  const taking = (ms: number, thin: (volume: BitVolume) => BitVolume) =>
    jest.fn((volume: BitVolume) => {
      clock += ms;
      return thin(volume);
    });
  const processor = taking(processorMs, skeletonOfBits);
  const gpu = taking(gpuMs, onGpu);
  const thinning = new FasterThinning(
    processor,
    async (volume) => gpu(volume),
    () => clock,
  );
  const calls = () => [processor.mock.calls.length, gpu.mock.calls.length];
  return { thinning, calls };
}

test('a mask is thinned by both once; the GPU thins what follows where it was faster', async () => {
  const { thinning, calls } = timed(90, 10);
  const expected = skeletonOfBits(large);
  expect(await thinning.thin(large)).toEqual(expected);
  expect(calls()).toEqual([1, 1]);
  expect(await thinning.thin(large)).toEqual(expected);
  expect(await thinning.thin(larger)).toEqual(skeletonOfBits(larger));
  expect(calls()).toEqual([1, 3]);
  await thinning.thin(small);
  expect(calls()).toEqual([2, 3]);
});

test('where the GPU was slower it is tried again with a mask four times as large', async () => {
  const { thinning, calls } = timed(10, 90);
  await thinning.thin(large);
  await thinning.thin(large);
  expect(calls()).toEqual([2, 1]);
  await thinning.thin(larger);
  expect(calls()).toEqual([3, 2]);
  await thinning.thin(larger);
  expect(calls()).toEqual([4, 2]);
});

test('a small mask is not worth a GPU', async () => {
  const { thinning, calls } = timed(90, 1);
  await thinning.thin(small);
  expect(calls()).toEqual([1, 0]);
});

test.each([
  ['gives another skeleton', (volume: BitVolume): BitVolume => volume],
  [
    'fails',
    (): BitVolume => {
      throw new Error('lost');
    },
  ],
])('a GPU that %s is not asked again, and the skeleton is the right one', async (_, wrong) => {
  const { thinning, calls } = timed(90, 1, wrong);
  expect(await thinning.thin(large)).toEqual(skeletonOfBits(large));
  expect(await thinning.thin(larger)).toEqual(skeletonOfBits(larger));
  expect(calls()).toEqual([2, 1]);
});

test('a GPU that fails after it has won leaves the mask to the processor', async () => {
  let isLost = false;
  const { thinning, calls } = timed(90, 1, (volume) => {
    if (isLost) throw new Error('lost');
    return skeletonOfBits(volume);
  });
  await thinning.thin(large);
  isLost = true;
  expect(await thinning.thin(large)).toEqual(skeletonOfBits(large));
  await thinning.thin(large);
  expect(calls()).toEqual([3, 2]);
});
