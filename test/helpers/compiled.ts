import { withKernels, type Kernels } from '@vessels/wasm/kernels';

/** Run with the compiled kernels; a place that can't compile them fails the test. */
export const compiled = <T>(run: (kernels: Kernels) => T): T =>
  withKernels(run, () => {
    throw new Error('the kernels were not compiled here');
  });
