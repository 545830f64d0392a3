import * as layers from './layers';
import * as skeletons from './skeletons';
import * as thinning from './thinning';

/** What the specs call, by name. */
const page = { ...layers, ...skeletons, ...thinning };

export type GpuPage = typeof page;

Object.assign(globalThis, { gpuPage: page });
