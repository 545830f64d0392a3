import { GpuError, madeOn } from './fault';

/** How large a buffer may be. */
export type BufferLimits = Pick<
  GPUSupportedLimits,
  'maxBufferSize' | 'maxStorageBufferBindingSize'
>;

/** Sizes (bytes) and usages of buffers that belong together, by name. */
export type BufferSizes<Name extends string> = Readonly<
  Record<Name, { readonly size: number; readonly usage: GPUBufferUsageFlags }>
>;

/** Buffers that are made and destroyed together. */
export interface Buffers<Name extends string> {
  readonly of: Readonly<Record<Name, GPUBuffer>>;
  /** Of all of them. */
  readonly bytes: number;
  destroy(): void;
}

/** Usages by the bits of the standard, so that plans can be made where there is no WebGPU. */
export const USAGE = Object.freeze({
  mapRead: 0x1,
  copySource: 0x4,
  copyTarget: 0x8,
  uniform: 0x40,
  storage: 0x80,
  queryResolve: 0x200,
});

/** Storage buffers are bound in whole words. */
export const inWords = (bytes: number): number => 4 * Math.max(1, Math.ceil(bytes / 4));

/**
 * @throws GpuError `limit` with the numbers
 */
export function checkLimits<Name extends string>(
  sizes: BufferSizes<Name>,
  { maxBufferSize, maxStorageBufferBindingSize }: BufferLimits,
): void {
  for (const [name, { size, usage }] of Object.entries<BufferSizes<string>[string]>(sizes)) {
    const limit =
      usage & USAGE.storage ? Math.min(maxBufferSize, maxStorageBufferBindingSize) : maxBufferSize;
    if (size > limit)
      throw new GpuError(
        'limit',
        `the ${name} needs ${inMegabytes(size)} MB in one buffer, and the device allows ${inMegabytes(limit)} MB`,
      );
  }
}

/**
 * @throws GpuError `limit`, and `memory` where the device has too little; nothing is left of the buffers then
 */
export async function allocate<Name extends string>(
  device: GPUDevice,
  sizes: BufferSizes<Name>,
): Promise<Buffers<Name>> {
  checkLimits(sizes, device.limits);
  const entries = Object.entries<BufferSizes<string>[string]>(sizes);
  const { made, wrong } = await madeOn(device, ['validation', 'out-of-memory'], () =>
    entries.map(([label, { size, usage }]) => device.createBuffer({ label, size, usage })),
  );
  const bytes = entries.reduce((sum, [, { size }]) => sum + size, 0);
  const destroy = () => made.forEach((buffer) => buffer.destroy());
  if (wrong !== undefined) {
    destroy();
    throw new GpuError('memory', `${inMegabytes(bytes)} MB were not to be had: ${wrong}`);
  }
  const of = Object.fromEntries(entries.map(([name], i) => [name, made[i]]));
  return { of: of as Readonly<Record<Name, GPUBuffer>>, bytes, destroy };
}

const inMegabytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(1);
