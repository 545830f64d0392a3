import { describe, expect, it } from '@jest/globals';
import { bettiNumbers } from '@vessels/topology/betti';
import { labelComponents } from '@vessels/topology/components';
import type { Geometry } from '@vessels/volume/geometry';
import { ANEURYSM, VESSELS } from '../../../viewer/sample/anatomy';
import { simulateAngiogram } from '../../../viewer/sample/angiogram';
import { MISTAKES, withMistakes } from '../../../viewer/sample/mistakes';
import { forBall, maskOf, signedDistance } from '../../../viewer/sample/phantom';
import { SAMPLE_GEOMETRY } from '../../../viewer/sample/study';

const { dims } = SAMPLE_GEOMETRY;
const distance = signedDistance(VESSELS, [ANEURYSM], SAMPLE_GEOMETRY);
const truth = maskOf(distance, SAMPLE_GEOMETRY);
const flawed = withMistakes(truth, SAMPLE_GEOMETRY);

describe('the sample study', () => {
  it('is one vessel tree with one ring', () => {
    expect(bettiNumbers(truth.data, dims)).toEqual({ b0: 1, b1: 1, b2: 0 });
  });

  it('has a second mask with an island, a part cut off and a false ring', () => {
    expect(bettiNumbers(flawed.data, dims)).toEqual({ b0: 3, b1: 2, b2: 0 });
    const { sizes } = labelComponents(flawed.data, dims, 26);
    expect(sizes[0]).toBeGreaterThan(10 * sizes[1]!);
  });

  it.each([
    ['gap', MISTAKES.gap.center, 1, 0],
    ['island', MISTAKES.island.center, 0, 1],
    ['bridge', [0, -27, 17] as const, 0, 1],
  ] as const)('has its %s where the table says', (_name, place, inTruth, inFlawed) => {
    forBall(SAMPLE_GEOMETRY, place, 0.5, (voxel) =>
      expect([truth.data[voxel], flawed.data[voxel]]).toEqual([inTruth, inFlawed]),
    );
  });

  it('lacks the branch that is left out', () => {
    const branch = VESSELS.filter((v) => v.name === MISTAKES.missedBranch);
    const alone = maskOf(signedDistance(branch, [], SAMPLE_GEOMETRY), SAMPLE_GEOMETRY).data;
    const left = (mask: Uint8Array) => mask.reduce((sum, value, v) => sum + value * alone[v]!, 0);
    expect(left(flawed.data)).toBeLessThan(0.3 * left(truth.data));
  });
});

describe('simulateAngiogram', () => {
  const small: Geometry = { ...SAMPLE_GEOMETRY, dims: [40, 40, 10], origin: [-16, -16, -4] };
  const field = signedDistance(VESSELS, [ANEURYSM], small);

  it('gives the same image for the same seed, another one for another', () => {
    const image = simulateAngiogram(field, small, 1).data;
    expect(simulateAngiogram(field, small, 1).data).toEqual(image);
    expect(simulateAngiogram(field, small, 2).data).not.toEqual(image);
  });

  it('shows the middle of vessels brighter than anything around', () => {
    const { data } = simulateAngiogram(field, small, 1);
    const mean = (select: (d: number) => boolean) => {
      const values = [...data].filter((_, v) => select(field[v]!));
      return values.reduce((sum, x) => sum + x, 0) / values.length;
    };
    expect(mean((d) => d > 0.8)).toBeGreaterThan(2 * mean((d) => d < -1.5));
  });
});
