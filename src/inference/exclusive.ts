let last: Promise<unknown> = Promise.resolve();

/**
 * Do one thing with ONNX Runtime at a time: two runs at once hang it, even of two sessions, as they share one
 * device and one stack. The lock is one for the whole module, hence for the worker.
 */
export function exclusively<T>(work: () => Promise<T>): Promise<T> {
  const result = last.then(work);
  last = result.catch(() => undefined);
  return result;
}
