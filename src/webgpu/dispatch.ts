/**
 * One compute pass of one shader.
 *
 * @param buffers by their bindings in group 0
 * @param groups workgroups along x and y
 */
export function dispatch(
  device: GPUDevice,
  encoder: GPUCommandEncoder,
  pipeline: GPUComputePipeline,
  buffers: readonly GPUBuffer[],
  [x, y]: readonly [number, number],
  timestampWrites?: GPUComputePassTimestampWrites,
): void {
  const entries = buffers.map((buffer, binding) => ({ binding, resource: { buffer } }));
  const layout = pipeline.getBindGroupLayout(0);
  const pass = encoder.beginComputePass({ timestampWrites });
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, device.createBindGroup({ layout, entries }));
  pass.dispatchWorkgroups(x, y);
  pass.end();
}
