import * as layers from './layers';

/** What the specs call, by name. */
const page = { ...layers };

export type GpuPage = typeof page;

Object.assign(globalThis, { gpuPage: page });
