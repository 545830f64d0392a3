export { packPlane, transposePlanes, countBoth } from './bits';
export { countRuns, listRuns } from './runs';
export { turnPlane, joinPlanes } from './betti';
export { eulerOfPlanes } from './euler';
