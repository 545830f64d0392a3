import type { ModelManifest } from './manifest';
import { readOnnx, writeOnnx } from './onnx/file';
import { toHalfPrecision } from './onnx/halfPrecision';

/**
 * The model with 16 bits, where its manifest says that it may, the device computes with them, and the weights have place
 * in them.
 */
export function halved(
  bytes: Uint8Array,
  { halfPrecision, file }: Pick<ModelManifest, 'halfPrecision' | 'file'>,
  { features }: Pick<GPUDevice, 'features'>,
): Uint8Array | undefined {
  if (!halfPrecision || !features.has('shader-f16')) return undefined;
  const model = toHalfPrecision(readOnnx(bytes, file));
  return model && writeOnnx(model);
}
