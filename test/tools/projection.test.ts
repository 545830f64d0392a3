import { describe, expect, test } from '@jest/globals';
import { affineProjection, type Projection } from '@vessels/tools/projection';
import { pathData } from '@vessels/tools/svg';

/** A view from obliquely above: 3 px per mm, turned by 30°, shifted. */
const oblique: Projection = ([x, y, z]) => {
  const [c, s] = [Math.cos(Math.PI / 6), Math.sin(Math.PI / 6)];
  return [3 * (c * x - s * y) + 200, 3 * (0.5 * (s * x + c * y) - 0.8 * z) + 150];
};

describe('affineProjection', () => {
  test('agrees with the view everywhere', () => {
    const project = affineProjection(oblique, [40, -10, 5]);
    for (const point of [
      [0, 0, 0],
      [40, -10, 5],
      [-123.4, 56.7, 89.1],
    ] as const) {
      const [x, y] = oblique(point);
      expect(project(point)[0]).toBeCloseTo(x, 6);
      expect(project(point)[1]).toBeCloseTo(y, 6);
    }
  });
});

describe('pathData', () => {
  const flat: Projection = ([x, y]) => [x, y];

  test('draws each line by itself, to a tenth of a pixel', () => {
    expect(pathData([[0, 1, 9, 2.04, 3, 9], Float32Array.of(5, 5, 5, 6, 6, 6)], flat)).toBe(
      'M0 1L2 3M5 5L6 6',
    );
  });

  test('nothing to draw is an empty path', () => {
    expect(pathData([], flat)).toBe('');
  });
});
