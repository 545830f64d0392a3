import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { entries, isSimple, neighbours, SIDE } from '@vessels/skeleton/planar/ring';
import {
  besideBits,
  joinedBits,
  simpleBits,
  windowAt,
  windowTable,
} from '@vessels/skeleton/planar/ringBits';
import { packBits } from '@vessels/volume/bits';
import { drawImage, randomImage, ringOf, STEPS, topologyOf } from '../../helpers/planar';

test('bits go clockwise from the top', () => {
  const image = drawImage([
    '.##', //
    '#.#',
    '...',
  ]);
  const ring = ringOf(image, 1, 1);
  expect(ring).toBe(0b01000111);
  expect(neighbours(ring)).toBe(4);
  expect(entries(ring)).toBe(2);
});

test('a pixel is simple where its deletion changes neither components nor holes', () => {
  for (let ring = 0; ring < 256; ring++) {
    const mask = new Uint8Array(9);
    STEPS.forEach(([dx, dy], k) => (mask[1 + dx + 3 * (1 + dy)] = (ring >> k) & 1));
    const without = topologyOf({ mask, dims: [3, 3] });
    mask[4] = 1;
    const withIt = topologyOf({ mask, dims: [3, 3] });
    const same = withIt.components === without.components && withIt.holes === without.holes;
    expect([ring, isSimple(ring)]).toEqual([ring, same]);
  }
});

test('tests of 32 pixels at once say what those of one ring say', () => {
  const ringOfWindow = windowTable((ring) => ring);
  fc.assert(
    fc.property(randomImage(), (image) => {
      const [nx, ny] = image.dims;
      const { words, rowWords, rowsPerPlane } = packBits(image.mask, [nx, ny, 1]);
      const found: unknown[] = [];
      const wanted: unknown[] = [];
      for (let y = 0; y < ny; y++)
        for (let x = 0; x < nx; x++) {
          const w = (rowsPerPlane + y + 1) * rowWords + ((x + 1) >> 5);
          const bit = (x + 1) & 31;
          const is = (bits: number) => ((bits >>> bit) & 1) === 1;
          const ring = ringOf(image, x, y);
          found.push(
            is(simpleBits(words, w, rowWords)),
            is(joinedBits(words, w, rowWords)),
            ...Object.values(SIDE).map((side) => is(besideBits(words, w, rowWords, side))),
            ringOfWindow[windowAt(words, w, bit, rowWords)],
          );
          wanted.push(
            isSimple(ring),
            neighbours(ring) > 1,
            ...Object.values(SIDE).map((side) => ((ring >> side) & 1) === 1),
            ring,
          );
        }
      expect(found).toEqual(wanted);
    }),
    { numRuns: 100 },
  );
});
