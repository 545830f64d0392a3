import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { LoopError, TopologyError } from '@vessels/metrics/topologyErrors/topologyErrors';
import { bettiNumbers } from '@vessels/topology/betti';
import type { Vec3 } from '@vessels/volume/geometry';
import { fill, type Drawn } from '../../helpers/draw';
import { flip, permute } from '../../helpers/grid';
import { cyclesOf, loopRanks, Loops } from '../../helpers/homology';
import { randomMask, xorshift } from '../../helpers/masks';
import { countKinds, errorsBetween, voxelsOn } from '../../helpers/topologyErrors';

const SPACING: Vec3 = [0.5, 1, 2];

type Pair = readonly [prediction: Drawn, reference: Drawn];

/** A mask with some voxels changed. */
function disturbed({ mask, dims }: Drawn, seed: number, share: number): Drawn {
  const next = xorshift(seed);
  return { dims, mask: mask.map((v) => (next() < share ? 1 - v : v)) };
}

/** Noise of two densities, from empty to full. */
const noisePair = (longest: number): fc.Arbitrary<Pair> => {
  const density = fc.constantFrom(0, 0.05, 0.2, 0.35, 0.5, 0.65, 0.8, 0.95, 1);
  const axis = fc.integer({ min: 1, max: longest });
  return fc
    .tuple(fc.tuple(axis, axis, axis), density, density, fc.nat())
    .map(([dims, p, r, seed]) => {
      const next = xorshift(seed);
      return [fill(dims, () => next() < p), fill(dims, () => next() < r)];
    });
};

/** A mask and what a segmentation of it might be. */
const likePair: fc.Arbitrary<Pair> = fc
  .tuple(randomMask(), fc.nat(), fc.constantFrom(0, 0.02, 0.1, 0.3))
  .map(([mask, seed, share]) => [disturbed(mask, seed, share), mask]);

const pairs = fc.oneof(noisePair(7), likePair);

const holds = ({ mask, dims }: Drawn, voxel: Vec3) =>
  voxel.every((v, axis) => v >= 0 && v < dims[axis]) &&
  mask[voxel[0] + dims[0] * (voxel[1] + dims[1] * voxel[2])] !== 0;
const touch = (a: Vec3, b: Vec3) => Math.max(...a.map((v, axis) => Math.abs(v - b[axis]))) === 1;
const isLoop = (error: TopologyError): error is LoopError => 'cause' in error;
const ownOf = ({ kind }: TopologyError, [p, r]: Pair): Pair =>
  ['split', 'falseComponent', 'falseLoop', 'falseCavity', 'falseBranch'].includes(kind)
    ? [p, r]
    : [r, p];

test('the errors account for the difference of the Betti numbers', () => {
  fc.assert(
    fc.property(pairs, ([p, r]) => {
      const counted = countKinds(errorsBetween(p, r));
      const n = (kind: string) => counted[kind] ?? 0;
      const [ofP, ofR] = [p, r].map(({ mask, dims }) => bettiNumbers(mask, dims));
      expect([ofP.b0 - ofR.b0, ofP.b1 - ofR.b1, ofP.b2 - ofR.b2]).toEqual([
        n('split') + n('falseComponent') - n('merge') - n('missedComponent'),
        n('falseLoop') - n('missingLoop'),
        n('falseCavity') - n('missingCavity'),
      ]);
    }),
    { numRuns: 80 },
  );
});

const EXCHANGED: Readonly<Record<string, string>> = Object.freeze({
  split: 'merge',
  merge: 'split',
  falseComponent: 'missedComponent',
  missedComponent: 'falseComponent',
  falseLoop: 'missingLoop',
  missingLoop: 'falseLoop',
  falseCavity: 'missingCavity',
  missingCavity: 'falseCavity',
  falseBranch: 'missedBranch',
  missedBranch: 'falseBranch',
});

test('exchanging the masks exchanges the kinds, and a mask has no errors against itself', () => {
  fc.assert(
    fc.property(pairs, ([p, r]) => {
      const there = errorsBetween(p, r).map((error) => ({ ...error, kind: EXCHANGED[error.kind] }));
      const back = errorsBetween(r, p);
      expect(there).toHaveLength(back.length);
      expect(there).toEqual(expect.arrayContaining(back));
      expect(errorsBetween(p, p)).toEqual([]);
    }),
    { numRuns: 50 },
  );
});

test('mirrored and turned masks have the same errors, less what their skeletons decide', () => {
  const counts = (p: Drawn, r: Drawn) =>
    countKinds(errorsBetween(p, r).filter(({ kind }) => !kind.endsWith('Branch')));
  fc.assert(
    fc.property(pairs, fc.constantFrom(0, 1, 2), ([p, r], axis) => {
      const expected = counts(p, r);
      expect(counts(flip(p, axis as 0 | 1 | 2), flip(r, axis as 0 | 1 | 2))).toEqual(expected);
      const order = [1, 2, 0].map((a) => (a + axis) % 3) as unknown as Vec3;
      expect(counts(permute(p, order), permute(r, order))).toEqual(expected);
    }),
    { numRuns: 40 },
  );
});

test('every error lies in the volume, and its points where they should', () => {
  fc.assert(
    fc.property(pairs, (pair) => {
      for (const error of errorsBetween(...pair, SPACING)) {
        const [own, other] = ownOf(error, pair);
        const [at] = voxelsOn(error.position, SPACING);
        expect(at.every((v, axis) => v >= 0 && v < own.dims[axis])).toBe(true);
        if (!('points' in error)) {
          expect(error.voxels).toBeGreaterThan(0);
          expect(error.volume).toBe(error.voxels * SPACING[0] * SPACING[1] * SPACING[2]);
          continue;
        }
        const way = voxelsOn(error.points, SPACING);
        expect(way.slice(1).every((voxel, i) => touch(voxel, way[i]))).toBe(true);
        expect(error.length).toBeGreaterThan(0);
        if (isLoop(error)) {
          expect(way.length).toBeGreaterThanOrEqual(4);
          expect(touch(way[0], way[way.length - 1])).toBe(true);
          expect(way.every((voxel) => holds(own, voxel))).toBe(true);
        } else if (error.kind === 'split' || error.kind === 'merge') {
          expect([way[0], way[way.length - 1]].every((voxel) => holds(own, voxel))).toBe(true);
          const gap = way.slice(1, -1);
          expect(gap.length).toBeGreaterThan(0);
          expect(gap.every((voxel) => holds(other, voxel) && !holds(own, voxel))).toBe(true);
        } else expect(way.every((voxel) => holds(own, voxel) && !holds(other, voxel))).toBe(true);
      }
    }),
    { numRuns: 80 },
  );
});

test('loops correspond as their classes do in the union of the masks', () => {
  fc.assert(
    fc.property(noisePair(5), (pair) => {
      const [p, r] = pair;
      const union = { dims: p.dims, mask: p.mask.map((v, i) => v | r.mask[i]) };
      const ranks = loopRanks(p, r);
      const loops = errorsBetween(p, r).filter(isLoop);
      for (const [own, other, kind, rank] of [
        [p, r, 'falseLoop', ranks.p],
        [r, p, 'missingLoop', ranks.r],
      ] as const) {
        const ringsOf = (cause: LoopError['cause']) =>
          loops
            .filter((loop) => loop.kind === kind && loop.cause === cause)
            .map(({ points }) => voxelsOn(points));
        const [closed, filled] = [ringsOf('closed'), ringsOf('filled')];
        expect(closed).toHaveLength(rank - ranks.common);
        expect(filled).toHaveLength(bettiNumbers(own.mask, own.dims).b1 - rank);

        // No ring of the closed ones is a sum of others and of loops of the other mask.
        const beside = new Loops(union);
        beside.addAll(cyclesOf(other));
        expect(closed.every((ring) => beside.addRing(ring))).toBe(true);
        // Each filled one is a loop of its own mask.
        expect(filled.every((ring) => new Loops(own).addRing(ring))).toBe(true);
      }
    }),
    { numRuns: 80 },
  );
});
