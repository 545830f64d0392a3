import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isEnd, isSimple, neighbourhoodAt } from '@vessels/skeleton/neighbourhood';
import { skeletonize, skeletonOfBits } from '@vessels/skeleton/thinning';
import { bettiNumbers } from '@vessels/topology/betti';
import { labelComponents } from '@vessels/topology/components';
import { packBits, unpackBits } from '@vessels/volume/bits';
import type { Drawn } from '../helpers/draw';
import { fill } from '../helpers/draw';
import { randomMask } from '../helpers/masks';

// Noise at several densities, balls, shells, tori and tubes with rough surfaces that touch, cross and leave the
// volume; axes of length 1 among them.
test("ten thousand random masks: the skeleton's Betti numbers are the mask's", () => {
  fc.assert(
    fc.property(randomMask(), ({ mask, dims }) => {
      const skeleton = skeletonize(mask, dims);
      const [b0, b1, b2] = betti({ mask: skeleton, dims });
      const [m0, m1, m2] = betti({ mask, dims });
      if (b0 !== m0 || b1 !== m1 || b2 !== m2 || skeleton.some((v, i) => v > mask[i]))
        throw new Error(`Betti numbers ${m0} ${m1} ${m2} became ${b0} ${b1} ${b2}`);
    }),
    { numRuns: 10_000 },
  );
});

test('each component keeps a voxel', () => {
  fc.assert(
    fc.property(randomMask(), ({ mask, dims }) => {
      const skeleton = skeletonize(mask, dims);
      const { labels, count } = labelComponents(mask, dims, 26);
      expect(new Set(labels.filter((_, i) => skeleton[i] === 1)).size).toBe(count);
    }),
    { numRuns: 200 },
  );
});

test('a skeleton is one voxel thin, and its own skeleton', () => {
  fc.assert(
    fc.property(randomMask(), ({ mask, dims }) => {
      const volume = packBits(mask, dims, 'z');
      const skeleton = skeletonOfBits(volume);
      expect(skeletonOfBits(skeleton)).toEqual(skeleton);
      expect(unpackBits(skeleton)).toEqual(skeletonize(mask, dims));
      const { words, rowWords, rowsPerPlane } = skeleton;
      for (let position = 0; position < words.length * 32; position++) {
        if (((words[position >>> 5] >>> (position & 31)) & 1) === 0) continue;
        const neighbours = neighbourhoodAt(words, position, rowWords, rowsPerPlane * rowWords);
        expect(isSimple(neighbours) && !isEnd(neighbours)).toBe(false);
      }
    }),
    { numRuns: 300 },
  );
});

test.each<[string, Drawn, [number, number, number]]>([
  ['full', fill([9, 8, 7], () => true), [1, 0, 0]],
  ['full, one voxel', fill([1, 1, 1], () => true), [1, 0, 0]],
  ['full, one voxel thick', fill([9, 1, 8], () => true), [1, 0, 0]],
  ['a slab through the volume', fill([9, 9, 9], (_, y) => y > 2 && y < 6), [1, 0, 0]],
  ['all but one voxel', fill([5, 5, 5], (...at) => at.join() !== '2,2,2'), [1, 0, 1]],
  ['a frame along the border', fill([9, 9, 2], (x, y) => x % 8 === 0 || y % 8 === 0), [1, 1, 0]],
])('%s', (_, shape, expected) => {
  expect(betti(shape)).toEqual(expected);
  expect(betti({ ...shape, mask: skeletonize(shape.mask, shape.dims) })).toEqual(expected);
});

function betti({ mask, dims }: Drawn): [number, number, number] {
  const { b0, b1, b2 } = bettiNumbers(mask, dims);
  return [b0, b1, b2];
}
