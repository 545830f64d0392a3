export type { SegKind } from './frames';
export { readSeg, type SegMask } from './readSeg';
export { writeSeg, type SegObject, type SegRequest } from './writeSeg';
