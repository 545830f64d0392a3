/**
 * Why the GPU cannot do a piece of work though the device is there.
 * - `shader`: one of our shaders does not compile.
 * - `memory`: a buffer was not to be had.
 * - `limit`: a buffer would be larger than the device allows.
 */
export type GpuFault = 'shader' | 'memory' | 'limit';

/** Work that the device refused; the device itself still works, so something simpler may run on it. */
export class GpuError extends Error {
  override readonly name = 'GpuError';

  constructor(
    readonly kind: GpuFault,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Make something on a device and ask whether it is valid: WebGPU hands out broken objects and tells later.
 *
 * The scopes are a stack of the whole device that others use too, so `make` must not wait for anything.
 *
 * @returns what was made, and the first line of what is wrong with it
 */
export async function madeOn<T>(
  device: GPUDevice,
  filters: readonly GPUErrorFilter[],
  make: () => T,
): Promise<{ readonly made: T; readonly wrong: string | undefined }> {
  for (const filter of filters) device.pushErrorScope(filter);
  const made = make();
  const errors = await Promise.all(filters.map(() => device.popErrorScope()));
  const wrong = errors.find((error) => error !== null);
  return { made, wrong: wrong && firstLine(wrong.message) };
}

/** First line of what a driver or compiler said, to stand within a sentence. */
export const firstLine = (message: string): string =>
  message.split('\n')[0].slice(0, 200).replace(/\.$/, '');
