import type { Vec3 } from '../volume/geometry';

/** Frozen choices of the smoothing; test/centerline/smooth.test.ts holds what they achieve. */
export const SMOOTHING = Object.freeze({
  /** Waves shorter than this many voxel edges of their axis are taken for the staircase of the grid. */
  wavelength: 8,
  /** A point stays about this near its voxel's centre on each axis, in voxel edges. */
  reach: 0.75,
  /** Rounds in which points beyond the reach are pulled back harder. */
  rounds: 4,
  /** Steps to each side over which the local distance between points is taken. */
  window: 5,
});

/**
 * A path of touching voxels without the staircase: first and last point stay, the others move by about a
 * voxel's edge at most.
 *
 * A voxel centre is off the true line by up to half an edge on each axis, in steps that come the more seldom
 * the flatter the line runs to the grid. Each axis is a smoothing spline of its own (Whittaker's penalised
 * least squares on second differences): with a point every h mm, a wave of length W on an axis with voxel
 * edges s is halved where W = wavelength · s. What is left of a step of height s then adds less than
 * (s / W)² to the length, whatever the angle and the spacing. Points that would leave the reach get a larger
 * weight, so bends keep their place.
 *
 * @param path x, y, z, … in voxel indices
 * @param spacing mm
 * @param closed the last point equals the first and is no end: both move, together
 * @returns x, y, z, … in fractional voxel indices
 */
export function smoothPath(path: Float64Array, spacing: Vec3, closed = false): Float64Array {
  const count = path.length / 3;
  if (count < 3) return path.slice();
  if (closed) return smoothClosed(path, spacing);
  const steps = localSteps(path, spacing);
  const out = path.slice();
  for (let axis = 0; axis < 3; axis++) {
    const values = Float64Array.from({ length: count }, (_, i) => path[3 * i + axis]);
    const stiffness = steps.map(
      (h) => ((SMOOTHING.wavelength * spacing[axis]) / h / (2 * Math.PI)) ** 4,
    );
    smoothAxis(values, stiffness).forEach((value, i) => (out[3 * i + axis] = value));
  }
  return out;
}

/** Unroll a closed path far enough to both sides that its ends do not matter, smooth, cut out one turn. */
function smoothClosed(path: Float64Array, spacing: Vec3): Float64Array {
  const turn = path.length - 3; // numbers, the seam counted once
  const wrapped = new Float64Array(3 * turn + 3);
  for (let i = 0; i < wrapped.length; i++) wrapped[i] = path[i % turn];
  const out = smoothPath(wrapped, spacing).slice(turn, 2 * turn + 3);
  out.copyWithin(turn, 0, 3);
  return out;
}

/** Mean distance of neighbouring points around each point, mm; over a window, so that stairs do not count. */
function localSteps(path: Float64Array, spacing: Vec3): Float64Array {
  const count = path.length / 3;
  return Float64Array.from({ length: count }, (_, i) => {
    const a = Math.max(0, i - SMOOTHING.window);
    const b = Math.min(count - 1, i + SMOOTHING.window);
    const along = (axis: number) => (path[3 * b + axis] - path[3 * a + axis]) * spacing[axis];
    return Math.max(Math.hypot(along(0), along(1), along(2)) / (b - a), Math.min(...spacing) / 2);
  });
}

function smoothAxis(values: Float64Array, stiffness: Float64Array): Float64Array {
  const weights = new Float64Array(values.length).fill(1);
  let smooth = penalisedSpline(values, stiffness, weights);
  for (let round = 0; round < SMOOTHING.rounds; round++) {
    let beyond = false;
    for (let i = 1; i < values.length - 1; i++) {
      const moved = Math.abs(smooth[i] - values[i]) / SMOOTHING.reach;
      if (moved <= 1) continue;
      weights[i] *= moved ** 4;
      beyond = true;
    }
    if (!beyond) break;
    smooth = penalisedSpline(values, stiffness, weights);
  }
  return smooth;
}

/**
 * Minimise Σ weight·(p − value)² + Σ stiffness·(second difference of p)² with both ends kept: a symmetric
 * system with five diagonals, solved by LDLᵀ in one sweep each way.
 */
function penalisedSpline(
  values: Float64Array,
  stiffness: Float64Array,
  weights: Float64Array,
): Float64Array {
  const last = values.length - 1;
  const p = values.slice();
  const pivot = new Float64Array(last); // D
  const below = new Float64Array(last); // L one row below the pivot, by row
  const belowTwo = new Float64Array(last); // L two rows below
  // The second difference at i couples i − 1, i and i + 1; there is none at the ends.
  const bend = (i: number) => (i > 0 && i < last ? stiffness[i] : 0);

  for (let i = 1; i < last; i++) {
    let diagonal = weights[i] + bend(i - 1) + 4 * bend(i) + bend(i + 1);
    let right = weights[i] * values[i];
    if (i <= 2) right += (i === 1 ? 2 : -1) * bend(1) * values[0];
    if (i >= last - 2) right += (i === last - 1 ? 2 : -1) * bend(last - 1) * values[last];
    if (i > 2) {
      belowTwo[i] = bend(i - 1) / pivot[i - 2];
      diagonal -= belowTwo[i] ** 2 * pivot[i - 2];
      right -= belowTwo[i] * p[i - 2];
    }
    if (i > 1) {
      const coupling = -2 * (bend(i - 1) + bend(i));
      below[i] =
        (coupling - (i > 2 ? belowTwo[i] * pivot[i - 2] * below[i - 1] : 0)) / pivot[i - 1];
      diagonal -= below[i] ** 2 * pivot[i - 1];
      right -= below[i] * p[i - 1];
    }
    pivot[i] = diagonal;
    p[i] = right;
  }
  for (let i = last - 1; i >= 1; i--) {
    p[i] /= pivot[i];
    if (i + 1 < last) p[i] -= below[i + 1] * p[i + 1];
    if (i + 2 < last) p[i] -= belowTwo[i + 2] * p[i + 2];
  }
  return p;
}
