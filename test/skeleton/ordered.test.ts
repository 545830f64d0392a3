import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { thinByScore, type OrderedThinningOptions } from '@vessels/skeleton/ordered';
import { thinOrderedCompiled } from '@vessels/skeleton/orderedCompiled';
import { thinOrderedPlain } from '@vessels/skeleton/orderedPlain';
import { rankScores, type Scores } from '@vessels/skeleton/orderedRanks';
import { bettiNumbers } from '@vessels/topology/betti';
import { packBits } from '@vessels/volume/bits';
import { distanceAt } from '@vessels/volume/distance';
import type { Vec3 } from '@vessels/volume/geometry';
import { compiled } from '../helpers/compiled';
import { draw, fill, show, type Drawn } from '../helpers/draw';
import { errorOf } from '../helpers/errors';
import { randomMask, xorshift } from '../helpers/masks';

/** Thins a drawing by the digits of a second one. */
function thinned(drawing: string[], digits: string[], options?: OrderedThinningOptions): string[] {
  const { mask, dims } = draw(drawing);
  const score = Uint8Array.from(digits.join(''), Number);
  return show({ mask: thinByScore(mask, dims, score, options), dims });
}

describe('drawn shapes', () => {
  test('the score decides which of two rows stays', () => {
    const bar = ['####', '####'];
    expect(thinned(bar, ['2222', '1111'])).toEqual(['####', '....']);
    expect(thinned(bar, ['1111', '2222'])).toEqual(['....', '####']);
  });

  test('anchors decide the ends: all else shrinks to them', () => {
    const line = ['#########'];
    expect(thinned(line, ['000900090'], { anchor: 9 })).toEqual(['...#####.']);
    expect(thinned(line, ['000000080'], { anchor: 9 })).toEqual(['.......#.']);
    expect(thinned(line, ['000900090'], { anchor: 9, keepEnds: true })).toEqual(line);
    expect(thinned(line, ['000900090'])).toEqual(line);
  });

  test('a ring stays a ring, and takes the way of high scores', () => {
    const ring = ['#####', '#####', '##.##', '#####', '#####'];
    expect(
      thinned(ring, ['11111', '19991', '19091', '19991', '11111'], { keepEnds: false }),
    ).toEqual(['.....', '..#..', '.#.#.', '..#..', '.....']);
  });

  test('of equal scores, even widths keep their length', () => {
    const vessel = fill([4, 4, 30], () => true);
    const skeleton = thinByScore(vessel.mask, vessel.dims, new Uint8Array(480));
    expect(skeleton.reduce((sum, v) => sum + v, 0)).toBeGreaterThan(20);
  });

  test('−0 equals 0; infinite scores are the first and the last', () => {
    const { mask, dims } = draw(['###']);
    const by = (...score: number[]) =>
      show({
        mask: thinByScore(mask, dims, Float32Array.from(score), { keepEnds: false }),
        dims,
      }).join();
    expect(by(-0, 0, 0)).toBe(by(0, 0, 0));
    expect(by(-Infinity, 0, Infinity)).toBe('..#');
    expect(by(Infinity, 0, -Infinity)).toBe('#..');
    expect(by(-1, Infinity, -2)).toBe('.#.');
  });
});

test('the distance to the background as score leads to the middle of a vessel', () => {
  const dims: Vec3 = [13, 13, 40];
  const { mask } = fill(dims, (x, y, z) => Math.hypot(x - 6, y - 6) < 4.3 && z > 1 && z < 38);
  const voxels = Uint32Array.from(Array.from(mask.keys()).filter((i) => mask[i] === 1));
  const score = new Float32Array(mask.length);
  distanceAt(mask, dims, [1, 1, 1], voxels).forEach((d, i) => (score[voxels[i]] = d));
  const ends = [2, 37].map((z) => 6 + 13 * (6 + 13 * z));
  for (const end of ends) score[end] = 99;
  const skeleton = thinByScore(mask, dims, score, { anchor: 99 });
  const axis = fill(dims, (x, y, z) => x === 6 && y === 6 && z > 1 && z < 38);
  expect(Buffer.compare(skeleton, axis.mask)).toBe(0);
});

/** Scores of three kinds: of few values, of all different values, and infinite ones among them. */
function scoresFor({ mask }: Drawn, kind: number, seed: number): Scores {
  const next = xorshift(seed);
  if (kind === 0) return mask.map(() => Math.floor(4 * next()));
  return Float32Array.from(mask, () => (kind === 2 && next() < 0.1 ? -Infinity : next() - 0.5));
}

test('whatever the scores are, topology stays, anchors stay, and nothing is left that could go', () => {
  fc.assert(
    fc.property(randomMask(), fc.nat(2), fc.nat(), (shape, kind, seed) => {
      const { mask, dims } = shape;
      const score = scoresFor(shape, kind, seed);
      const anchor = kind === 0 ? 3 : 0.4375;
      const expected = bettiNumbers(mask, dims);
      for (const options of [{}, { anchor }, { keepEnds: false }]) {
        const skeleton = thinByScore(mask, dims, score, options);
        expect(bettiNumbers(skeleton, dims)).toEqual(expected);
        expect(skeleton.some((v, i) => v > mask[i])).toBe(false);
        expect(thinByScore(skeleton, dims, score, options)).toEqual(skeleton);
      }
      const anchored = thinByScore(mask, dims, score, { anchor });
      expect(anchored.every((v, i) => v === 1 || mask[i] === 0 || score[i] < anchor)).toBe(true);
    }),
    { numRuns: 150 },
  );
});

test('the compiled thinning equals its specification', () => {
  fc.assert(
    fc.property(randomMask(), fc.nat(2), fc.nat(), fc.boolean(), (shape, kind, seed, keepEnds) => {
      const volume = packBits(shape.mask, shape.dims);
      const ranks = rankScores(volume, scoresFor(shape, kind, seed), seed % 2 ? 2 : undefined);
      const ordered = { volume, keepEnds, ...ranks };
      expect(compiled((kernels) => thinOrderedCompiled(kernels, ordered))).toEqual(
        thinOrderedPlain(ordered),
      );
    }),
    { numRuns: 150 },
  );
});

test.each([1, 63, 64, 65, 4097])('%i different scores', (levels) => {
  const dims: Vec3 = [levels + 2, 4, 3];
  const mask = new Uint8Array(12 * (levels + 2)).fill(1);
  const score = Float32Array.from(mask, (_, i) => (i * 7919) % levels);
  const volume = packBits(mask, dims);
  const ordered = { volume, keepEnds: false, ...rankScores(volume, score) };
  expect(ordered.levels).toBe(levels);
  const thin = compiled((kernels) => thinOrderedCompiled(kernels, ordered));
  expect(thin).toEqual(thinOrderedPlain(ordered));
  expect(thin.count).toBe(1);
});

describe('refused', () => {
  const { mask, dims } = draw(['##.']);
  const refusal = (score: number[], anchor?: number) =>
    errorOf(() => thinByScore(mask, dims, Float32Array.from(score), { anchor }));

  test('a score of the mask that is not a number; elsewhere it does not matter', () => {
    expect(refusal([1, NaN, 2])).toMatchObject({
      code: 'thinning.score',
      message: 'score[1], a voxel of the mask, is not a number.',
    });
    expect(thinByScore(mask, dims, Float32Array.of(1, 2, NaN))).toEqual(mask);
  });

  test('an anchor that is not a number', () => {
    expect(refusal([1, 2, 3], NaN).code).toBe('thinning.score');
  });

  test('scores of another grid', () => {
    expect(refusal([1, 2]).code).toBe('thinning.score-length');
  });
});
