export { openSeg, type Seg, type SegType } from './read/openSeg';
export { placeSeg, type PlacedSeg } from './read/placedSeg';
export type { Target } from './read/placement';
export { segGeometry } from './read/planes';
export { readSeg, type SegMask } from './read/readSeg';
export type { LabelmapRequest, SegContent, SegKind, SegRequest } from './write/request';
export { writeSeg, type SegObject } from './write/writeSeg';
