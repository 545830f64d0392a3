export { packPlane, transposePlanes, countBoth } from './bits';
export { countRuns, listRuns, splitRuns } from './runs';
export { turnPlane, joinPlanes } from './betti';
export { eulerOfPlanes } from './euler';
export {
  changesOf8,
  changesOf16,
  listLabels8,
  listLabels16,
  mergeLabels,
  sortLabels,
  joinLabels,
} from './labels';
export { joinRuns, measureComponents } from './components';
export { joinGaps } from './gaps';
export { startThinning, thin } from './thin';
export { boundaryOfPlane } from './boundary';
export { buildPyramid, complement, farDistances, listPlane, nearDistances } from './distance';
export { distancesInPlane, transformPlane, walkPlane } from './distanceTransform';
export { thinOrdered } from './ordered';
export { listVolumeRuns, joinVolumeRuns, listGaps, joinVolumeGaps } from './pieces';
