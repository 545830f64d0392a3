import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { runsOfMask, type Runs } from '@vessels/topology/runs';
import { runsOfSlices } from '@vessels/topology/sliceRuns';
import type { Vec3 } from '@vessels/volume/geometry';
import { draw } from '../helpers/draw';
import { randomMask } from '../helpers/masks';

/** Runs of slices as they come from elsewhere: rows without a margin. */
function partOf(mask: Uint8Array, [nx, ny]: Vec3): Runs {
  const [starts, ends, rowFirst] = [[], [], [0]] as number[][];
  for (let row = 0; row < mask.length; row += nx) {
    for (let x = 0; x < nx; x++) {
      if (mask[row + x] && (x === 0 || !mask[row + x - 1])) starts.push(x);
      if (mask[row + x] && (x === nx - 1 || !mask[row + x + 1])) ends.push(x + 1);
    }
    rowFirst.push(starts.length);
  }
  expect((rowFirst.length - 1) % ny).toBe(0);
  return {
    count: starts.length,
    starts: Int32Array.from(starts),
    ends: Int32Array.from(ends),
    rowFirst: Uint32Array.from(rowFirst),
  };
}

test('the runs of two slices, one after the other', () => {
  const { mask, dims } = draw(['##.#', '....'], ['.##.', '#...']);
  const parts = [partOf(mask.subarray(0, 8), dims), partOf(mask.subarray(8), dims)];
  const { starts, ends } = runsOfSlices(parts, dims);
  expect([...starts]).toEqual([0, 3, 1, 0]);
  expect([...ends]).toEqual([2, 4, 3, 1]);
});

test('however the slices come together, the runs are those of the mask', () => {
  const size = fc.integer({ min: 1, max: 9 });
  fc.assert(
    fc.property(
      randomMask(),
      fc.array(size, { minLength: 1, maxLength: 9 }),
      ({ mask, dims }, thick) => {
        const slice = dims[0] * dims[1];
        const parts: Runs[] = [];
        for (let z = 0, i = 0; z < dims[2]; i++) {
          const end = Math.min(dims[2], z + thick[i % thick.length]!);
          parts.push(partOf(mask.subarray(slice * z, slice * end), dims));
          z = end;
        }
        expect(runsOfSlices(parts, dims)).toEqual(runsOfMask(mask, dims));
      },
    ),
  );
});
