export { packPlane, transposePlanes, countBoth } from './bits';
