export { PRIVATE_SCHEME } from './concepts';
export type { BranchMeasurements, Stenosis, TopologyQc } from './measurements';
export type { ReportedBranch } from './readGroups';
export { readSr, type SrReport } from './readSr';
export type { SrRequest } from './request';
export { COMPREHENSIVE_3D_SR, writeSr, type SrObject } from './writeSr';
