import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { bettiNumbers, bettiOfBits, eulerNumber, eulerOfBits } from '@vessels/topology/betti';
import { labelComponents } from '@vessels/topology/components';
import { packBits } from '@vessels/volume/bits';
import type { Vec3 } from '@vessels/volume/geometry';
import { readNifti } from '@vessels/volume/nifti';
import { describeWithData, hasData, readData, readJson } from '../helpers/data';
import { draw, fill, type Drawn } from '../helpers/draw';
import { flip, labelOf, merged, pad, permute } from '../helpers/grid';
import { randomMask } from '../helpers/masks';
import { oracleMask } from '../helpers/oracle';

const betti = ({ mask, dims }: Drawn): number[] => {
  const { b0, b1, b2 } = bettiNumbers(mask, dims);
  return [b0, b1, b2];
};

describe('drawn shapes', () => {
  test.each<[string, Drawn, number[]]>([
    ['nothing', draw(['...']), [0, 0, 0]],
    ['a full volume', draw(['##', '##']), [1, 0, 0]],
    ['a full volume of whole words', fill([64, 64, 64], () => true), [1, 0, 0]],
    ['dots on a line along z', fill([1, 1, 5], (_x, _y, z) => z % 2 === 0), [3, 0, 0]],
    [
      'a frame one voxel thick',
      fill([1, 6, 7], (_, y, z) => y % 5 === 0 || z % 6 === 0),
      [1, 1, 0],
    ],
    ['two voxels that touch at a corner', draw(['#.', '..'], ['..', '.#']), [1, 0, 0]],
    ['a ring', draw(['###', '#.#', '###']), [1, 1, 0]],
    ['a ring of four, joined by edges', draw(['.#.', '#.#', '.#.']), [1, 1, 0]],
    ['a figure eight', draw(['###', '#.#', '###', '#.#', '###']), [1, 2, 0]],
    ['a hollow cube', fill([5, 5, 5], (x, y, z) => [x, y, z].some((v) => v % 4 === 0)), [1, 0, 1]],
    [
      'six faces of an octahedron: edges close the cavity',
      fill([3, 3, 3], (x, y, z) => Math.abs(x - 1) + Math.abs(y - 1) + Math.abs(z - 1) === 1),
      [1, 0, 1],
    ],
    [
      'a hollow cube with a hole in one side, which opens the cavity',
      fill(
        [5, 5, 5],
        (x, y, z) => [x, y, z].some((v) => v % 4 === 0) && !(x === 2 && y === 2 && z === 0),
      ),
      [1, 0, 0],
    ],
    [
      'two cavities that touch at an edge only: background is 6-connected',
      fill([4, 4, 3], (x, y, z) => !(z === 1 && ((x === 1 && y === 1) || (x === 2 && y === 2)))),
      [1, 0, 2],
    ],
  ])('%s', (_, shape, expected) => expect(betti(shape)).toEqual(expected));

  test('Euler characteristic of two voxels at a corner: one piece by 26, two by 6', () => {
    const { mask, dims } = draw(['#.', '..'], ['..', '.#']);
    expect(eulerNumber(mask, dims, 26)).toBe(1);
    expect(eulerNumber(mask, dims, 6)).toBe(2);
  });

  test('a row longer than one word', () => {
    const long = fill([100, 3, 3], (x, y, z) => x !== 50 || y !== 1 || z !== 1);
    expect(betti(long)).toEqual([1, 0, 1]);
  });
});

describe('properties', () => {
  const same = (a: Drawn, b: Drawn) => expect(betti(a)).toEqual(betti(b));

  test('invariant under flips, permutations of the axes and padding', () => {
    fc.assert(
      fc.property(
        randomMask(),
        fc.constantFrom<Vec3>([1, 0, 2], [2, 1, 0], [0, 2, 1], [1, 2, 0], [2, 0, 1]),
        fc.constantFrom(0, 1, 2),
        (shape, order, axis) => {
          same(permute(shape, order), shape);
          same(flip(shape, axis), shape);
          same(pad(shape, 2), shape);
        },
      ),
      { numRuns: 150 },
    );
  });

  test('χ26 = β0 − β1 + β2, χ26 counted by itself; packed masks count as masks of bytes do', () => {
    fc.assert(
      fc.property(randomMask(), ({ mask, dims }) => {
        const { b0, b1, b2 } = bettiNumbers(mask, dims);
        const bits = packBits(mask, dims);
        expect(eulerNumber(mask, dims, 26)).toBe(b0 - b1 + b2);
        expect(eulerOfBits(bits, 26)).toBe(b0 - b1 + b2);
        expect(bettiOfBits(bits)).toEqual({ b0, b1, b2 });
        expect(Math.min(b0, b1, b2)).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 150 },
    );
  });

  test('χ6 is voxels − pairs + squares − cubes', () => {
    fc.assert(
      fc.property(randomMask(), ({ mask, dims: [nx, ny, nz] }) => {
        /** Places where a full box of this size fits. */
        const boxes = (w: number, h: number, d: number) => {
          let count = 0;
          for (let z = 0; z + d <= nz; z++)
            for (let y = 0; y + h <= ny; y++)
              for (let x = 0; x + w <= nx; x++) {
                let isFull = true;
                for (let i = 0; i < w * h * d; i++) {
                  const [a, b, c] = [i % w, Math.floor(i / w) % h, Math.floor(i / (w * h))];
                  isFull &&= mask[x + a + nx * (y + b + ny * (z + c))] !== 0;
                }
                if (isFull) count++;
              }
          return count;
        };
        const pairs = boxes(2, 1, 1) + boxes(1, 2, 1) + boxes(1, 1, 2);
        const squares = boxes(2, 2, 1) + boxes(2, 1, 2) + boxes(1, 2, 2);
        expect(eulerNumber(mask, [nx, ny, nz], 6)).toBe(
          boxes(1, 1, 1) - pairs + squares - boxes(2, 2, 2),
        );
      }),
      { numRuns: 60 },
    );
  });

  test('cavities are the 6-components of the padded background but one', () => {
    fc.assert(
      fc.property(randomMask(), (shape) => {
        const { mask, dims } = pad(shape, 1);
        const background = labelComponents(
          mask.map((v) => 1 - v),
          dims,
          6,
        );
        expect(bettiNumbers(shape.mask, shape.dims).b2).toBe(background.count - 1);
      }),
      { numRuns: 150 },
    );
  });

  test('Alexander duality: the rest of a box has b2 + 1 pieces, b1 loops and b0 cavities', () => {
    fc.assert(
      fc.property(randomMask(), (shape) => {
        const { mask, dims } = pad(shape, 1);
        const { b0, b1, b2 } = bettiNumbers(mask, dims);
        const rest = mask.map((v) => 1 - v);
        expect(eulerNumber(rest, dims, 6)).toBe(b2 + 1 - b1 + b0);
      }),
      { numRuns: 150 },
    );
  });
});

describeWithData('against scikit-image, scipy and gudhi', () => {
  interface Measured {
    readonly betti_merged_binary: Record<
      string,
      { betti: number[]; vox: number; per_label: Record<string, number[]> }
    >;
  }

  test('TopCoW fixtures, per label and merged', () => {
    const { betti_merged_binary: measured } = readJson<Measured>('oracle/fixtures_measured.json');
    const kept = Object.entries(measured).filter(([file]) => hasData(`topcow-fixtures/${file}`));
    expect(kept.length).toBeGreaterThan(15);
    for (const [file, { betti: expected, per_label: perLabel }] of kept) {
      const { data, geometry } = readNifti(readData(`topcow-fixtures/${file}`));
      expect([file, betti(merged(data, geometry.dims))]).toEqual([file, expected]);
      for (const [label, numbers] of Object.entries(perLabel))
        expect([file, label, betti(labelOf(data, geometry.dims, Number(label)))]).toEqual([
          file,
          label,
          numbers,
        ]);
    }
  });

  interface RealMask {
    readonly b0: number;
    readonly b1: number;
    readonly b2: number;
    readonly chi26: number;
    readonly chi6: number;
    readonly b0_6: number;
  }

  test.each(['octa_labels', 'vessap48', 'vmtk_aorta_levelset_neg'])('%s', (name) => {
    const expected = readJson<Record<string, RealMask>>('oracle/real_masks.json')[name];
    const { mask, dims } = oracleMask(name);
    expect(betti({ mask, dims })).toEqual([expected.b0, expected.b1, expected.b2]);
    expect(eulerNumber(mask, dims, 26)).toBe(expected.chi26);
    expect(eulerNumber(mask, dims, 6)).toBe(expected.chi6);
    expect(labelComponents(mask, dims, 6).count).toBe(expected.b0_6);
  });

  test.each<[string, number[]]>([
    ['tree128', [1, 197, 9]],
    ['tree128_pert', [22, 328, 21]],
    ['tree256', [1, 962, 30]],
    ['tree256_pert', [31, 1477, 52]],
    ['tree512x300', [1, 3382, 62]],
    ['tree512x300_pert', [107, 5154, 152]],
  ])('%s', (name, expected) => {
    const { data, geometry } = readNifti(readData(`phantoms/${name}.nii.gz`));
    expect(betti({ mask: Uint8Array.from(data), dims: geometry.dims })).toEqual(expected);
  });
});
