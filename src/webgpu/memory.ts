/**
 * Keep count of the buffers of a device, ONNX Runtime's too: WebGPU offers no way to ask how much memory is taken.
 * A buffer counts until it is destroyed, or dropped and collected.
 *
 * @returns reads bytes and number of the buffers that are alive
 */
export function watchBuffers(device: GPUDevice): () => { bytes: number; count: number } {
  const alive = { bytes: 0, count: 0 };
  const take = (size: number, sign: 1 | -1) => {
    alive.bytes += sign * size;
    alive.count += sign;
  };
  const collected = new FinalizationRegistry<number>((size) => take(size, -1));
  const create = device.createBuffer.bind(device);
  device.createBuffer = (descriptor) => {
    const buffer = create(descriptor);
    const destroy = buffer.destroy.bind(buffer);
    let isAlive = true;
    take(descriptor.size, 1);
    collected.register(buffer, descriptor.size, buffer);
    buffer.destroy = () => {
      if (isAlive) take(descriptor.size, -1);
      isAlive = false;
      collected.unregister(buffer);
      return destroy();
    };
    return buffer;
  };
  return () => ({ ...alive });
}
