import { firstLine, GpuError, madeOn } from './fault';

/**
 * A compute pipeline of one of our shaders, whose entry point is `main`.
 *
 * @param code WGSL
 * @param name in messages
 * @throws GpuError `shader` with the compiler's words
 */
export async function compile(
  device: GPUDevice,
  code: string,
  name: string,
): Promise<GPUComputePipeline> {
  const { made: module, wrong } = await madeOn(device, ['validation'], () =>
    device.createShaderModule({ code, label: name }),
  );
  if (wrong !== undefined) throw refused(name, wrong);
  try {
    return await device.createComputePipelineAsync({
      label: name,
      layout: 'auto',
      compute: { module, entryPoint: 'main' },
    });
  } catch (error) {
    throw refused(name, error instanceof Error ? error.message : String(error));
  }
}

const refused = (name: string, reason: string) =>
  new GpuError('shader', `the shader "${name}" does not compile: ${firstLine(reason)}`);
