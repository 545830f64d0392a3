import { crc32 } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { isSimple } from '@vessels/skeleton/planar/ring';
import { skeletonize2d } from '@vessels/skeleton/planar/skeletonize2d';
import { PASS_OF_RING } from '@vessels/skeleton/planar/zhangSuen';
import { describeWithData, readData } from '../../helpers/data';
import { readNpy } from '../../helpers/npy';
import { oracleMask } from '../../helpers/oracle';
import { drawImage, ringOf, showImage, type Image } from '../../helpers/planar';
import { readPng } from '../../helpers/png';
import { planarCase, strokes } from '../../helpers/strokes';
import { readTiffStack } from '../../helpers/tiff';
import expected from '../../fixtures/skeletons/expected.json';

const compatible = ({ mask, dims }: Image): Image => ({
  mask: skeletonize2d(mask, dims, 'compatible'),
  dims,
});
/** What the fixtures keep of a result; see make.py there. */
const summary = ({ mask }: Image): number[] => [mask.filter((v) => v !== 0).length, crc32(mask)];

describe('drawn shapes, as scikit-image thins them', () => {
  test('of a bar three wide the middle stays, without an end', () => {
    const bar = drawImage([
      '.........', //
      '.#######.',
      '.#######.',
      '.#######.',
      '.........',
    ]);
    expect(showImage(compatible(bar))).toEqual([
      '.........', //
      '......#..',
      '.#####...',
      '.........',
      '.........',
    ]);
  });

  test('a slanting stroke two wide is eaten from one end', () => {
    const stroke = drawImage([
      '##.......',
      '.##......',
      '..##.....',
      '...##....',
      '....##...',
      '.....##..',
      '......##.',
    ]);
    expect(showImage(compatible(stroke))).toEqual([
      '.........',
      '.........',
      '.........',
      '...##....',
      '.....#...',
      '......#..',
      '.......#.',
    ]);
  });

  test('the ellipse of the TopCoW tests becomes rows 3 … 6 of column 4', () => {
    // Their X is the row.
    const mask = Uint8Array.from({ length: 81 }, (_, i) => {
      const [column, row] = [i % 9, Math.floor(i / 9)];
      return (row - 4) ** 2 / 3 + (column - 4) ** 2 < 9 ? 1 : 0;
    });
    const lines = showImage(compatible({ mask, dims: [9, 9] }));
    expect(lines).toEqual(
      Array.from({ length: 9 }, (_, row) => (row >= 3 && row <= 6 ? '....#....' : '.........')),
    );
  });
});

test('400 random images, pixel for pixel', () => {
  expected.planar.forEach(([pixels, crc], i) => {
    const image = planarCase(i);
    const [nx, ny] = image.dims;
    const found = summary(compatible({ mask: strokes(image), dims: [nx, ny] }));
    expect([i, ...found]).toEqual([i, pixels, crc]);
  });
});

/**
 * A pass that deletes pixels by their rings alone keeps components and holes if (Ronse 1988, as put by Hall 1992)
 * each of them is simple, of two that share an edge each is simple still without the other, and no component
 * inside a square of 2×2 goes as a whole.
 */
describe.each([1, 2])('pass %i keeps components and holes', (pass) => {
  const goes = (image: Image, x: number, y: number): boolean =>
    image.mask[x + image.dims[0] * y] !== 0 && (PASS_OF_RING[ringOf(image, x, y)] & pass) !== 0;

  test('each pixel that goes is simple', () => {
    PASS_OF_RING.forEach((when, ring) => {
      if ((when & pass) !== 0) expect([ring, isSimple(ring)]).toEqual([ring, true]);
    });
  });

  test.each([
    [4, 3, 2, 1],
    [3, 4, 1, 2],
  ])('two that go and share an edge may both go (surroundings of %i×%i)', (nx, ny, x, y) => {
    let pairs = 0;
    for (let bits = 0; bits < 1 << 12; bits++) {
      const image: Image = {
        mask: Uint8Array.from({ length: 12 }, (_, i) => (bits >> i) & 1),
        dims: [nx, ny],
      };
      if (!goes(image, 1, 1) || !goes(image, x, y)) continue;
      image.mask[x + nx * y] = 0;
      expect(isSimple(ringOf(image, 1, 1))).toBe(true);
      pairs++;
    }
    expect(pairs).toBeGreaterThan(0);
  });

  test('something of each component in a 2×2 square stays', () => {
    for (let bits = 1; bits < 16; bits++) {
      const image: Image = {
        mask: Uint8Array.from({ length: 4 }, (_, i) => (bits >> i) & 1),
        dims: [2, 2],
      };
      expect([0, 1, 2, 3].every((i) => image.mask[i] === 0 || goes(image, i & 1, i >> 1))).toBe(
        false,
      );
    }
  });
});

describeWithData('real images, pixel for pixel', () => {
  test('text, with the skeleton that scikit-image ships', () => {
    const { data, width, height, channels } = readPng(readData('skeleton/bw_text.png'));
    const mask = Uint8Array.from({ length: width * height }, (_, i) =>
      Number(data[i * channels] < 128),
    );
    const skeleton = readNpy(readData('skeleton/bw_text_skeleton.npy'));
    expect(skeleton.shape).toEqual([height, width]);
    const ours = skeletonize2d(mask, [width, height], 'compatible');
    expect(Buffer.compare(ours, skeleton.data as Uint8Array)).toBe(0);
  });

  test('neurons', () => {
    const { data, dims } = readTiffStack(readData('skeleton/skan-skeleton.tif'));
    const mask = data.map((v) => Number(v > 128));
    expect([summary(compatible({ mask, dims: [dims[0], dims[1]] }))]).toEqual(expected.neurons);
  });

  test('planes of the OCT angiography', () => {
    const { mask, dims } = oracleMask('octa_labels');
    const [nx, ny, nz] = dims;
    const found: number[][] = [];
    for (let z = 0; z < nz; z += 8) {
      const plane = mask.slice(z * nx * ny, (z + 1) * nx * ny);
      found.push(summary(compatible({ mask: plane, dims: [nx, ny] })));
    }
    expect(found).toEqual(expected.octaPlanes);
  });
});
