import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { runsOfMask, type Runs } from '@vessels/topology/runs';
import { runsOfSlices } from '@vessels/topology/sliceRuns';
import { draw } from '../helpers/draw';
import { randomMask } from '../helpers/masks';
import { runsOfPart } from '../helpers/sliceRuns';

test('the runs of two slices, one after the other', () => {
  const { mask, dims } = draw(['##.#', '....'], ['.##.', '#...']);
  const parts = [runsOfPart(mask.subarray(0, 8), dims), runsOfPart(mask.subarray(8), dims)];
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
          parts.push(runsOfPart(mask.subarray(slice * z, slice * end), dims));
          z = end;
        }
        expect(runsOfSlices(parts, dims)).toEqual(runsOfMask(mask, dims));
      },
    ),
  );
});
