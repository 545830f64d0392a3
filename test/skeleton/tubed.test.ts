import { crc32 } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { skeletonize2d } from '@vessels/skeleton/planar/skeletonize2d';
import { tubeAround, tubedSkeleton } from '@vessels/skeleton/tubed';
import expected from '../fixtures/skeletons/expected.json';
import { describeWithData } from '../helpers/data';
import { fill } from '../helpers/draw';
import { errorOf } from '../helpers/errors';
import { oracleMask } from '../helpers/oracle';
import { planarCase, strokes, volumeCase } from '../helpers/strokes';

/** A square rod of two labels along x, wide enough for a whole tube. */
const rod = fill([15, 11, 11], (_x, y, z) => Math.max(Math.abs(y - 5), Math.abs(z - 5)) <= 4);
const labels = rod.mask.map((v, i) => (v ? (i % 15 < 7 ? 1 : 2) : 0));
const section = (tube: Uint8Array, x: number) =>
  Array.from({ length: 11 }, (_, y) =>
    Array.from({ length: 11 }, (_unused, z) => tube[x + 15 * (y + 11 * z)]).join(''),
  );

test('the tube is a diamond of radius 2 around the axis, with the labels of the mask', () => {
  const tube = tubedSkeleton(labels, rod.dims);
  expect(section(tube, 5)).toEqual([
    '00000000000',
    '00000000000',
    '00000000000',
    '00000100000',
    '00001110000',
    '00011111000',
    '00001110000',
    '00000100000',
    '00000000000',
    '00000000000',
    '00000000000',
  ]);
  expect(section(tube, 9)[5]).toBe('00022222000');
});

test('the tube is cut to the mask', () => {
  const thin = fill([15, 5, 5], (_x, y, z) => y === 2 && Math.abs(z - 2) <= 1);
  expect(tubedSkeleton(thin.mask, thin.dims)).toEqual(thin.mask);
});

test('the tube stays inside the volume', () => {
  const line = fill([1, 1, 7], () => true);
  expect(tubedSkeleton(line.mask, line.dims)).toEqual(line.mask);
});

test('a 2³ block has no tube by the published definition, and one by the safe mode', () => {
  const block = new Uint8Array(8).fill(3);
  expect([...tubedSkeleton(block, [2, 2, 2])]).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  expect(
    [...tubedSkeleton(block, [2, 2, 2], 'safe')].filter((v) => v === 3).length,
  ).toBeGreaterThan(3);
});

test('no labels, no tube', () => {
  expect([...tubedSkeleton(new Uint8Array(8), [2, 2, 2])]).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
});

describe('images', () => {
  /** A square of two labels, wide enough for a whole tube. */
  const square = fill([15, 11, 1], (_x, y) => Math.abs(y - 5) <= 4);
  const image = square.mask.map((v, i) => (v ? (i % 15 < 7 ? 1 : 2) : 0));

  test('the tube is a diamond of 13 pixels around each pixel of the line', () => {
    const skeleton = new Uint8Array(image.length);
    skeleton[7 + 15 * 5] = 1;
    const tube = tubeAround(skeleton, image, [15, 11]);
    expect(
      Array.from({ length: 7 }, (_, y) => tube.slice(15 * (y + 2) + 4, 15 * (y + 2) + 11).join('')),
    ).toEqual([
      '0000000', //
      '0002000',
      '0012200',
      '0112220',
      '0012200',
      '0002000',
      '0000000',
    ]);
  });

  test('the safe mode takes the safe skeleton', () => {
    expect(tubedSkeleton(image, [15, 11], 'safe')).toEqual(
      tubeAround(skeletonize2d(image, [15, 11]), image, [15, 11]),
    );
  });
});

describe('scikit-image: skeleton, two dilations with the cross, times the labels, voxel for voxel', () => {
  /** What the fixtures keep of a result; see make.py there. */
  const summary = (tube: Uint8Array | Uint16Array): number[] => [
    tube.filter((v) => v !== 0).length,
    crc32(new Uint8Array(tube.buffer)),
  ];

  test('400 random images of three labels', () => {
    expected.planar.forEach(([, , pixels, crc], i) => {
      const image = planarCase(i);
      const [nx, ny] = image.dims;
      expect([i, ...summary(tubedSkeleton(strokes(image), [nx, ny]))]).toEqual([i, pixels, crc]);
    });
  });

  test('60 random volumes of one to four labels, in 8 and in 16 bits', () => {
    expected.volumes.forEach((wanted, i) => {
      const volume = volumeCase(i);
      const drawn = strokes(volume);
      // Labels of which the low byte is 0
      const wide = Uint16Array.from(drawn, (v) => v * 256);
      const found = [drawn, wide].flatMap((v) => summary(tubedSkeleton(v, volume.dims)));
      expect([i, ...found]).toEqual([i, ...wanted]);
    });
  });

  describeWithData('real masks', () => {
    test('in bands of three labels', () => {
      const names = ['octa_labels', 'vessap48', 'vmtk_aorta_levelset_neg'];
      const found = names.map((name) => {
        const { mask, dims } = oracleMask(name);
        const bands = mask.map((v, i) => v * (1 + (Math.floor((i % dims[0]) / 7) % 3)));
        return summary(tubedSkeleton(bands, dims));
      });
      expect(found).toEqual(expected.banded);
    });
  });
});

test('bad input names the argument', () => {
  expect(errorOf(() => tubedSkeleton(new Uint8Array(8), [2, 2, 3])).message).toBe(
    'labels has 8 voxels where dims 2×2×3 need 12.',
  );
  expect(errorOf(() => tubedSkeleton(new Uint16Array(8), [2, 3])).message).toBe(
    'labels has 8 pixels where dims 2×3 need 6.',
  );
  expect(errorOf(() => tubeAround(new Uint8Array(7), new Uint8Array(8), [2, 2, 2])).message).toBe(
    'skeleton has 7 voxels and labels 8; both must lie on one grid.',
  );
});
