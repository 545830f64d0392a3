/** What is told of a branch, from its points and radii. */
export interface BranchMeasures {
  readonly length: number;
  readonly meanDiameter: number;
  readonly minDiameter: number;
  readonly maxDiameter: number;
  readonly narrowest: number;
}

/**
 * Length and diameters of a branch, mm.
 *
 * Diameters are told of the stretch that lies outside the inscribed spheres at the branch's ends and is
 * farther from them than its own radius: at a bifurcation the first millimetres lie in the parent vessel, at
 * an end the sphere shrinks towards the wall. Of a branch too short for that, the point farthest from both
 * ends is taken. The mean is weighted by length.
 *
 * @param points x, y, z, …, mm
 * @param radii one per point, mm
 * @param closed a ring without nodes: all of it counts
 */
export function measureBranch(
  points: Float32Array,
  radii: Float32Array,
  closed: boolean,
): BranchMeasures {
  const last = radii.length - 1;
  const along = new Float64Array(radii.length);
  for (let i = 1; i <= last; i++)
    along[i] =
      along[i - 1] +
      Math.hypot(
        points[3 * i] - points[3 * i - 3],
        points[3 * i + 1] - points[3 * i - 2],
        points[3 * i + 2] - points[3 * i - 1],
      );
  const length = along[last];

  const isOwn = (i: number) =>
    closed ||
    (along[i] > Math.max(radii[0], radii[i]) &&
      length - along[i] > Math.max(radii[last], radii[i]));
  const all = Array.from(radii.keys());
  const own = all.filter(isOwn);
  if (own.length === 0) own.push(farthestFromEnds(along));

  let [weighted, weights] = [0, 0];
  let [narrowest, widest] = [own[0], own[0]];
  for (const i of own) {
    const weight = along[Math.min(i + 1, last)] - along[Math.max(i - 1, 0)];
    weighted += weight * radii[i];
    weights += weight;
    if (radii[i] < radii[narrowest]) narrowest = i;
    if (radii[i] > radii[widest]) widest = i;
  }
  return {
    length,
    meanDiameter: 2 * (weights > 0 ? weighted / weights : radii[own[0]]),
    minDiameter: 2 * radii[narrowest],
    maxDiameter: 2 * radii[widest],
    narrowest,
  };
}

function farthestFromEnds(along: Float64Array): number {
  const middle = along[along.length - 1] / 2;
  let nearest = 0;
  for (let i = 1; i < along.length; i++)
    if (Math.abs(along[i] - middle) < Math.abs(along[nearest] - middle)) nearest = i;
  return nearest;
}
