/** Start the pipeline's worker. The bundler makes a file of its own of what the URL names. */
export const startWorker = (): Worker =>
  new Worker(new URL('./pipeline.worker.ts', import.meta.url), { type: 'module' });
