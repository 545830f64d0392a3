import type { Network } from '../inference/network';
import { skeletonOfBits } from '../skeleton/thinning';
import { FasterThinning } from '../skeleton/webgpu/fasterThinning';
import { GpuThinning } from '../skeleton/webgpu/gpuThinning';

/** One for each device: it learns from the masks that it has thinned. */
const known = new WeakMap<GPUDevice, Promise<FasterThinning | undefined>>();

/**
 * Thinning on the GPU that runs a network, where it is one and is faster; see {@link FasterThinning}. Software adapters
 * are left alone: the processor does the same without them.
 */
export async function thinningOn(
  network: Pick<Network, 'gpu'> | undefined,
): Promise<FasterThinning | undefined> {
  const gpu = network?.gpu();
  if (!gpu || gpu.isSoftware) return undefined;
  const opened = known.get(gpu.device) ?? open(gpu.device);
  known.set(gpu.device, opened);
  return opened;
}

const open = (device: GPUDevice): Promise<FasterThinning | undefined> =>
  GpuThinning.open(device).then(
    (gpu) => new FasterThinning(skeletonOfBits, (volume) => gpu.thin(volume)),
    () => undefined,
  );
