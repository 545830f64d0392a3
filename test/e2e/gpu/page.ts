import * as layers from './layers';
import * as thinning from './thinning';

/** What the specs call, by name. */
const page = { ...layers, ...thinning };

export type GpuPage = typeof page;

Object.assign(globalThis, { gpuPage: page });
