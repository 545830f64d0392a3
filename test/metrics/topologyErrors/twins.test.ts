import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { runsOfBoth, unionOfRuns } from '@vessels/metrics/topologyErrors/runs';
import {
  backgroundCompiled,
  componentsCompiled,
  runComponentsCompiled,
} from '@vessels/metrics/topologyErrors/piecesCompiled';
import {
  backgroundPlain,
  componentsPlain,
  runComponentsPlain,
} from '@vessels/metrics/topologyErrors/piecesPlain';
import { runsPlain } from '@vessels/topology/runsPlain';
import { packBits } from '@vessels/volume/bits';
import { compiled } from '../../helpers/compiled';
import { fill, type Drawn } from '../../helpers/draw';
import { randomMask, xorshift } from '../../helpers/masks';

/** Rows of one word, of two words exactly, and longer ones. */
const long: fc.Arbitrary<Drawn> = fc
  .tuple(
    fc.constantFrom(31, 32, 62, 63, 64, 65, 130),
    fc.constantFrom(0, 0.1, 0.5, 0.9, 1),
    fc.nat(),
  )
  .map(([nx, density, seed]) => {
    const next = xorshift(seed);
    return fill([nx, 3, 4], () => next() < density);
  });
const masks = fc.oneof(randomMask(), long);

test('components and background as their specifications', () => {
  fc.assert(
    fc.property(masks, ({ mask, dims }) => {
      const bits = packBits(mask, dims);
      const components = componentsPlain(bits);
      const { runs } = components;
      expect(compiled((kernels) => componentsCompiled(kernels, bits))).toEqual(components);
      expect(
        compiled((kernels) => runComponentsCompiled(kernels, runs, bits.rowsPerPlane)),
      ).toEqual(runComponentsPlain(runs, bits.rowsPerPlane));
      expect(compiled((kernels) => backgroundCompiled(kernels, runs, bits.rowsPerPlane))).toEqual(
        backgroundPlain(runs, bits.rowsPerPlane),
      );
    }),
    { numRuns: 120 },
  );
});

test('runs of what two masks hold, and of what they share', () => {
  fc.assert(
    fc.property(masks, fc.nat(), ({ mask, dims }, seed) => {
      const next = xorshift(seed);
      const other = mask.map((v) => (next() < 0.3 ? 1 - v : v));
      const pack = (data: Uint8Array) => packBits(data, dims);
      const [a, b] = [pack(mask), pack(other)];
      const combined = (both: (i: number) => number) =>
        runsPlain(pack(mask.map((_, i) => both(i))));
      expect(unionOfRuns(runsPlain(a), runsPlain(b))).toEqual(combined((i) => mask[i] | other[i]));
      expect(runsOfBoth(a, b)).toEqual(combined((i) => mask[i] & other[i]));
    }),
    { numRuns: 120 },
  );
});
