import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Vec2 } from '@vessels/skeleton/planar/dims';
import { isSimple, neighbours } from '@vessels/skeleton/planar/ring';
import { skeletonize2d } from '@vessels/skeleton/planar/skeletonize2d';
import { labelComponents } from '@vessels/topology/components';
import { fill } from '../../helpers/draw';
import { errorOf } from '../../helpers/errors';
import {
  drawImage,
  endsOf,
  pixelsOf,
  randomImage,
  ringOf,
  showImage,
  topologyOf,
  type Image,
} from '../../helpers/planar';

const safe = ({ mask, dims }: Image): Image => ({ mask: skeletonize2d(mask, dims), dims });
const fillImage = ([nx, ny]: Vec2, inside: (x: number, y: number) => boolean): Image => ({
  mask: fill([nx, ny, 1], inside).mask,
  dims: [nx, ny],
});

describe('drawn shapes', () => {
  test('a bar becomes its middle line', () => {
    const bar = drawImage([
      '.........', //
      '.#######.',
      '.#######.',
      '.#######.',
      '.........',
    ]);
    expect(showImage(safe(bar))).toEqual([
      '.........', //
      '.........',
      '.#######.',
      '.........',
      '.........',
    ]);
  });

  test.each([
    ['a line', ['#....', '.#...', '..###']],
    ['a ring', ['.#.', '#.#', '.#.']],
    ['a pixel', ['#']],
    ['a cross', ['#.#', '.#.', '#.#']],
  ])('%s stays as it is', (_, lines) => {
    const image = drawImage(lines);
    expect(showImage(safe(image))).toEqual(lines);
  });

  test('a slanting stroke two wide keeps its ends', () => {
    const stroke = drawImage([
      '##.......',
      '.##......',
      '..##.....',
      '...##....',
      '....##...',
      '.....##..',
      '......##.',
    ]);
    expect(pixelsOf(safe(stroke)).length).toBeGreaterThanOrEqual(6);
  });

  test('a square of 2×2 keeps one of its lines', () => {
    expect(showImage(safe(drawImage(['##', '##'])))).toEqual(['..', '##']);
  });

  test('an empty image stays empty, a full one keeps a line', () => {
    expect(pixelsOf(safe(fillImage([7, 5], () => false)))).toHaveLength(0);
    expect(topologyOf(safe(fillImage([7, 5], () => true)))).toEqual({ components: 1, holes: 0 });
  });

  test.each<Vec2>([
    [9, 1],
    [1, 9],
    [1, 1],
    [64, 1],
  ])('a line that fills an image of %i×%i stays', (nx, ny) => {
    const line = fillImage([nx, ny], () => true);
    expect(safe(line)).toEqual(line);
  });

  test('any value but 0 is foreground', () => {
    const disc = fillImage([15, 15], (x, y) => Math.hypot(x - 7, y - 7) < 5);
    for (const mode of ['safe', 'compatible'] as const)
      expect(
        skeletonize2d(
          disc.mask.map((v) => 255 * v),
          disc.dims,
          mode,
        ),
      ).toEqual(skeletonize2d(disc.mask, disc.dims, mode));
  });
});

describe('properties of the safe mode', () => {
  const everywhere = (property: (image: Image, skeleton: Image) => void, numRuns = 400) =>
    fc.assert(
      fc.property(randomImage(), (image) => property(image, safe(image))),
      { numRuns },
    );

  test('the skeleton lies in the mask and has its components and holes', () => {
    everywhere((image, skeleton) => {
      expect(skeleton.mask.every((v, i) => v <= image.mask[i])).toBe(true);
      expect(topologyOf(skeleton)).toEqual(topologyOf(image));
    }, 2000);
  });

  test('each component of the mask keeps a pixel', () => {
    everywhere(({ mask, dims }, skeleton) => {
      const { labels, count } = labelComponents(mask, [...dims, 1], 26);
      expect(new Set(labels.filter((_, i) => skeleton.mask[i] === 1)).size).toBe(count);
    });
  });

  test('one pixel thin: none but ends could go and leave components and holes', () => {
    everywhere((_, skeleton) => {
      const thick = pixelsOf(skeleton).filter(([x, y]) => {
        const ring = ringOf(skeleton, x, y);
        return isSimple(ring) && neighbours(ring) > 1;
      });
      expect(thick).toEqual([]);
    });
  });

  test('a skeleton is its own skeleton', () => {
    everywhere((_, skeleton) => expect(safe(skeleton)).toEqual(skeleton));
  });
});

/** A stroke with round ends, and how far its skeleton reaches along it from the middle to either side. */
const STROKE = fc.record({
  angle: fc.double({ min: 0, max: Math.PI, noNaN: true }),
  length: fc.integer({ min: 20, max: 50 }),
  radius: fc.double({ min: 0.6, max: 5.6, noNaN: true }),
  x: fc.double({ min: 0, max: 1, noNaN: true }),
  y: fc.double({ min: 0, max: 1, noNaN: true }),
});

describe('ends of branches in the safe mode', () => {
  test('a stroke of any width and direction becomes a line with two ends near its own', () => {
    fc.assert(
      fc.property(STROKE, ({ angle, length, radius, x, y }) => {
        const along = (u: number, v: number) =>
          (u - 40 - x) * Math.cos(angle) + (v - 40 - y) * Math.sin(angle);
        const stroke = fillImage([81, 81], (u, v) => {
          const t = along(u, v);
          const beyond = Math.max(Math.abs(t) - length / 2, 0);
          const across2 = (u - 40 - x) ** 2 + (v - 40 - y) ** 2 - t ** 2;
          return across2 + beyond ** 2 < radius ** 2;
        });
        const skeleton = safe(stroke);
        const ends = endsOf(skeleton).map(([u, v]) => along(u, v));
        expect(ends).toHaveLength(2);
        // The end of the middle line is the centre of the round cap.
        expect(Math.max(...ends)).toBeGreaterThan(length / 2 - 5);
        expect(Math.min(...ends)).toBeLessThan(5 - length / 2);
      }),
      { numRuns: 150 },
    );
  });

  test.each([2, 3, 4, 5])('a star of five arms %i wide keeps five ends', (width) => {
    const arms = Array.from({ length: 5 }, (_, k) => 0.3 + (k * 2 * Math.PI) / 5);
    const star = fillImage([101, 101], (x, y) =>
      arms.some((angle) => {
        const [dx, dy] = [x - 50, y - 50];
        const along = dx * Math.cos(angle) + dy * Math.sin(angle);
        const away = Math.abs(dy * Math.cos(angle) - dx * Math.sin(angle));
        return along >= 0 && along < 45 && away < width / 2;
      }),
    );
    expect(endsOf(safe(star))).toHaveLength(5);
    expect(topologyOf(safe(star))).toEqual({ components: 1, holes: 0 });
  });
});

test('bad input names the argument', () => {
  const message = (length: number, ...dims: number[]) =>
    errorOf(() => skeletonize2d(new Uint8Array(length), dims as unknown as Vec2));
  expect(message(6, 0, 6)).toMatchObject({
    code: 'volume.dims',
    message: 'dims must be two whole numbers of at least 1; x is 0.',
  });
  expect(message(6, 6, 1, 1)).toMatchObject({
    code: 'volume.dims',
    message: 'dims must be two whole numbers of at least 1; their count is 3.',
  });
  expect(message(5, 2, 3)).toMatchObject({
    code: 'volume.length',
    message: 'mask has 5 pixels where dims 2×3 need 6.',
  });
  expect(message(5, 2 ** 16, 2 ** 16).code).toBe('volume.too-large');
});
