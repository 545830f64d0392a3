import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { planesOfBits, planesOfMask } from '@vessels/topology/planes';
import { eachRun, runAt, runsOfMask } from '@vessels/topology/runs';
import { runsCompiled } from '@vessels/topology/runsCompiled';
import { runsPlain } from '@vessels/topology/runsPlain';
import { bitLayout, transposeBits } from '@vessels/volume/bits';
import { packBitsPlain } from '@vessels/volume/bitsPlain';
import { compiled } from '../helpers/compiled';
import { draw, fill, type Drawn } from '../helpers/draw';
import { randomMask } from '../helpers/masks';

test('runs of a drawing, row by row with a margin', () => {
  const { mask, dims } = draw(['##.#', '....'], ['.##.', '...#']);
  const { count, starts, ends, rowFirst } = runsOfMask(mask, dims);
  expect(count).toBe(4);
  expect([...starts]).toEqual([0, 3, 1, 3]);
  expect([...ends]).toEqual([2, 4, 3, 4]);
  // Four rows to a plane, four planes, and the end.
  expect([...rowFirst]).toEqual([0, 0, 0, 0, 0, 0, 2, 2, 2, 2, 3, 4, 4, 4, 4, 4, 4]);
});

function expectTwins({ mask, dims }: Drawn) {
  const bits = packBitsPlain(mask, bitLayout(dims, 'x'));
  const runs = runsPlain(bits);
  expect(compiled((k) => runsCompiled(k, planesOfMask(k, mask, bits)))).toEqual(runs);
  expect(compiled((k) => runsCompiled(k, planesOfBits(k, bits)))).toEqual(runs);
  const alongZ = transposeBits(bits);
  expect(compiled((k) => runsCompiled(k, planesOfBits(k, alongZ)))).toEqual(runsPlain(alongZ));
}

test('the compiled kernels list as their specification does', () => {
  fc.assert(fc.property(randomMask(), expectTwins), { numRuns: 200 });
});

test('what counts as foreground may be told: every value from one on', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 2 * 70, maxLength: 2 * 70 }),
      fc.nat(255),
      (bytes, least) => {
        const dims = [70, 2, 1] as const;
        const mask = bytes.map((byte) => Number(byte >= least));
        const layout = bitLayout(dims, 'x');
        const wanted = runsPlain(packBitsPlain(mask, layout));
        expect(runsPlain(packBitsPlain(bytes, layout, least))).toEqual(wanted);
        expect(compiled((k) => runsCompiled(k, planesOfMask(k, bytes, layout, least)))).toEqual(
          wanted,
        );
      },
    ),
  );
});

test.each([63, 64, 65, 127, 128, 70_000])('rows of %i voxels', (n) => {
  expectTwins(fill([n, 3, 2], (x, y, z) => (x + y) % 5 < 2 || x === n - 1 || z === 1));
});

test('each voxel is found in its run, background in none', () => {
  fc.assert(
    fc.property(randomMask(), ({ mask, dims }) => {
      const runs = runsOfMask(mask, dims);
      const found = new Int32Array(mask.length).fill(-1);
      eachRun(runs, (run, from, to) => found.fill(run, from, to));
      expect(Array.from(mask, (_, voxel) => runAt(runs, voxel))).toEqual([...found]);
      expect(Array.from(found, (run) => (run < 0 ? 0 : 1))).toEqual([...mask]);
    }),
    { numRuns: 100 },
  );
});
