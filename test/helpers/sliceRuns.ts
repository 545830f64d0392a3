import type { Runs } from '@vessels/topology/runs';
import type { Vec3 } from '@vessels/volume/geometry';

/** Runs of slices as they come from elsewhere: rows without a margin. */
export function runsOfPart(mask: Uint8Array, [nx]: Vec3): Runs {
  const [starts, ends, rowFirst] = [[], [], [0]] as number[][];
  for (let row = 0; row < mask.length; row += nx) {
    for (let x = 0; x < nx; x++) {
      if (mask[row + x] && (x === 0 || !mask[row + x - 1])) starts.push(x);
      if (mask[row + x] && (x === nx - 1 || !mask[row + x + 1])) ends.push(x + 1);
    }
    rowFirst.push(starts.length);
  }
  return {
    count: starts.length,
    starts: Int32Array.from(starts),
    ends: Int32Array.from(ends),
    rowFirst: Uint32Array.from(rowFirst),
  };
}
