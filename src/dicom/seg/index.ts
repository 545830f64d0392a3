export type { SegKind } from './frames';
export { readSeg, type SegMask } from './readSeg';
export type { SegRequest } from './request';
export { writeSeg, type SegObject } from './writeSeg';
