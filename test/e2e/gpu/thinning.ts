import fc from 'fast-check';
import { skeletonOfBits } from '@vessels/skeleton/thinning';
import { thinPlain } from '@vessels/skeleton/thinningPlain';
import { GpuThinning } from '@vessels/skeleton/webgpu/gpuThinning';
import { bettiOfBits } from '@vessels/topology/betti';
import { packBits } from '@vessels/volume/bits';
import { fill } from '../../helpers/draw';
import { randomMask } from '../../helpers/masks';

async function openDevice(): Promise<GPUDevice> {
  const adapter = await navigator.gpu.requestAdapter();
  if (!adapter) throw new Error('no adapter');
  return adapter.requestDevice();
}

/** Random masks thinned on the GPU and by the specification of the safe mode; how many of each went wrong. */
export async function thinMasks(count: number, seed: number) {
  const device = await openDevice();
  const gpu = await GpuThinning.open(device);
  const found = { masks: 0, deleted: 0, otherVoxels: 0, otherBetti: 0, unequalRuns: 0 };
  for (const { mask, dims } of fc.sample(randomMask(), { numRuns: count, seed })) {
    const volume = packBits(mask, dims, 'z');
    const skeleton = await gpu.thin(volume);
    const expected = thinPlain(volume, 'safe');
    found.masks++;
    found.deleted += volume.count - skeleton.count;
    if (skeleton.words.some((word, i) => word !== expected.words[i])) found.otherVoxels++;
    if (JSON.stringify(bettiOfBits(skeleton)) !== JSON.stringify(bettiOfBits(volume)))
      found.otherBetti++;
    const again = await gpu.thin(volume);
    if (again.words.some((word, i) => word !== skeleton.words[i])) found.unequalRuns++;
  }
  device.destroy();
  return found;
}

/** A tree of crossing tubes, large enough to be timed. */
const tubes = (size: number) =>
  fill([size, size, size], (x, y, z) =>
    [
      [x, y],
      [y, z],
      [z, x],
    ].some(([a, b]) =>
      [1, 2, 3].some((k) => Math.hypot(a - (k * size) / 4, b - (k * size) / 4) < size / 12),
    ),
  );

/** Milliseconds for tubes on the GPU and by the compiled kernel, each warm. */
export async function timeThinning(size: number) {
  const device = await openDevice();
  const gpu = await GpuThinning.open(device);
  const { mask, dims } = tubes(size);
  const volume = packBits(mask, dims, 'z');
  const timed = async <T>(work: () => T | Promise<T>) => {
    await work();
    const start = performance.now();
    const result = await work();
    return { result, ms: performance.now() - start };
  };
  const onGpu = await timed(() => gpu.thin(volume));
  const here = await timed(() => skeletonOfBits(volume));
  device.destroy();
  return {
    voxels: volume.count,
    left: onGpu.result.count,
    isSame: onGpu.result.words.every((word, i) => word === here.result.words[i]),
    gpuMs: onGpu.ms,
    processorMs: here.ms,
  };
}
