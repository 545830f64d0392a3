import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { bettiNumbers } from '@vessels/topology/betti';
import { labelBetti, type Labelmap, type MaskTopology } from '@vessels/topology/labelBetti';
import { labelBettiCompiled } from '@vessels/topology/labelBettiCompiled';
import { labelBettiPlain } from '@vessels/topology/labelBettiPlain';
import type { Vec3 } from '@vessels/volume/geometry';
import { readNifti } from '@vessels/volume/nifti';
import { compiled } from '../helpers/compiled';
import { describeWithData, hasData, readData, readJson } from '../helpers/data';
import { labelOf, merged } from '../helpers/grid';
import { randomMask, xorshift } from '../helpers/masks';

/** A labelmap drawn as text: one slice (z) of lines (y) of labels (x); `.` is background. */
function drawLabels(...slices: readonly (readonly string[])[]): { labels: Uint8Array; dims: Vec3 } {
  const text = slices.flat().join('').replaceAll('.', '0');
  return {
    labels: Uint8Array.from(text, Number),
    dims: [slices[0][0].length, slices[0].length, slices.length],
  };
}

/** Random shapes, their voxels labelled in blocks, so that labels touch, surround and cut each other. */
const labelmap = (most: number): fc.Arbitrary<{ labels: Uint16Array; dims: Vec3 }> =>
  fc
    .tuple(
      randomMask(),
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: most }),
      fc.nat(),
    )
    .map(([{ mask, dims }, block, count, seed]) => {
      const [nx, ny] = dims;
      const next = xorshift(seed);
      const ofBlock = Array.from({ length: 512 }, () => 1 + Math.floor(next() * count));
      const at = (i: number) => Math.floor(i / block);
      const labels = Uint16Array.from(mask, (v, i) => {
        const line = Math.floor(i / nx);
        const place = at(i % nx) + 7 * at(line % ny) + 61 * at(Math.floor(line / ny));
        return v && ofBlock[place % 512];
      });
      return { labels, dims };
    });

describe('drawn labelmaps', () => {
  test('a ring of one label round another', () => {
    const { labels, dims } = drawLabels(['.....', '.111.', '.121.', '.111.']);
    expect(labelBetti(labels, dims)).toEqual({
      labels: new Map([
        [
          1,
          { voxels: 8, box: { low: [1, 1, 0], high: [3, 3, 0] }, betti: { b0: 1, b1: 1, b2: 0 } },
        ],
        [
          2,
          { voxels: 1, box: { low: [2, 2, 0], high: [2, 2, 0] }, betti: { b0: 1, b1: 0, b2: 0 } },
        ],
      ]),
      merged: {
        voxels: 9,
        box: { low: [1, 1, 0], high: [3, 3, 0] },
        betti: { b0: 1, b1: 0, b2: 0 },
      },
    });
  });

  test('a cavity filled by another label is a cavity still, and none of both together', () => {
    const full = ['333', '333', '333'];
    const { labels, dims } = drawLabels(full, ['333', '373', '333'], full);
    const { labels: each, merged: all } = labelBetti(labels, dims);
    expect(each.get(3)?.betti).toEqual({ b0: 1, b1: 0, b2: 1 });
    expect(each.get(7)?.betti).toEqual({ b0: 1, b1: 0, b2: 0 });
    expect(all.betti).toEqual({ b0: 1, b1: 0, b2: 0 });
  });

  test('a label in two planes that are far apart', () => {
    const { labels, dims } = drawLabels(['1.1'], ['2.2'], ['...'], ['1.2']);
    const { labels: each } = labelBetti(labels, dims);
    expect(each.get(1)).toEqual({
      voxels: 3,
      box: { low: [0, 0, 0], high: [2, 0, 3] },
      betti: { b0: 3, b1: 0, b2: 0 },
    });
    expect(each.get(2)?.box).toEqual({ low: [0, 0, 1], high: [2, 0, 3] });
  });

  test('nothing', () => {
    const nothing = { voxels: 0, box: { low: [0, 0, 0], high: [-1, -1, -1] } };
    expect(labelBetti(new Uint16Array(6), [1, 2, 3])).toEqual({
      labels: new Map(),
      merged: { ...nothing, betti: { b0: 0, b1: 0, b2: 0 } },
    });
  });

  test('65,535 labels of one voxel each', () => {
    const labels = Uint16Array.from({ length: 65536 }, (_, i) => i);
    const { labels: each, merged: all } = labelBetti(labels, [256, 16, 16]);
    expect(each.size).toBe(65535);
    expect(each.get(65535)).toEqual({
      voxels: 1,
      box: { low: [255, 15, 15], high: [255, 15, 15] },
      betti: { b0: 1, b1: 0, b2: 0 },
    });
    expect(all).toMatchObject({ voxels: 65535, betti: { b0: 1, b1: 0, b2: 0 } });
  });
});

describe('properties', () => {
  test('each label has the Betti numbers of its mask, all together those of the merged mask', () => {
    fc.assert(
      fc.property(labelmap(5), ({ labels, dims }) => {
        const bytes = Uint8Array.from(labels);
        const numbers = labelBetti(labels, dims);
        expect(labelBetti(bytes, dims)).toEqual(numbers);
        const present = [...new Set(labels)].filter((label) => label !== 0).sort((a, b) => a - b);
        expect([...numbers.labels.keys()]).toEqual(present);
        for (const [label, { betti, voxels }] of numbers.labels) {
          const { mask } = labelOf(labels, dims, label);
          expect(betti).toEqual(bettiNumbers(mask, dims));
          expect(voxels).toBe(mask.filter((v) => v !== 0).length);
        }
        expect(numbers.merged.betti).toEqual(bettiNumbers(merged(labels, dims).mask, dims));
      }),
      { numRuns: 120 },
    );
  });

  const expectTwins = (labels: Labelmap, dims: Vec3) =>
    expect(compiled((k) => labelBettiCompiled(k, labels, dims))).toEqual(
      labelBettiPlain(labels, dims),
    );

  test('the compiled kernels tell what their specification does', () => {
    fc.assert(
      fc.property(labelmap(40), ({ labels, dims }) => {
        expectTwins(labels, dims);
        // A label that fills all 16 bits, and an array that begins inside its buffer.
        const high = new Uint16Array(labels.length + 1).subarray(1);
        high.set(labels.map((label) => label && 65536 - label));
        expectTwins(high, dims);
      }),
      { numRuns: 120 },
    );
  });

  test.each([63, 64, 65, 127, 128])('rows of %i voxels, planes that hold ever more runs', (n) => {
    const dims: Vec3 = [n, 40, 6];
    const next = xorshift(n);
    const labels = Uint16Array.from({ length: 240 * n }, (_, i) =>
      next() < i / (240 * n) ? 1 + Math.floor(4 * next()) : 0,
    );
    expectTwins(labels, dims);
    expectTwins(Uint8Array.from(labels), dims);
  });

  test('rows of more than 2^16 voxels', () => {
    const labels = Uint16Array.from({ length: 2 * 150_001 }, (_, i) =>
      i % 40_000 < 30_000 ? 9 : i % 3,
    );
    expectTwins(labels, [150_001, 2, 1]);
  });
});

describeWithData('labelmaps of the TopCoW evaluation', () => {
  const read = (file: string) => {
    const { data, geometry } = readNifti(readData(`topcow-fixtures/${file}`));
    return labelBetti(Uint8Array.from(data), geometry.dims);
  };
  const numbers = ({ betti: { b0, b1, b2 } }: MaskTopology) => [b0, b1, b2];

  test('values that it asserts: eight cubes, per label and merged', () => {
    const asserted = readJson<Record<string, Record<string, Record<string, number[]>>>>(
      'topcow-fixtures/EXPECTED.json',
    )['betti0 (26-conn)']['3D/shape_8x8x8_3D_8Cubes_pred'];
    const { labels, merged: all } = read('3D/shape_8x8x8_3D_8Cubes_pred.nii.gz');
    const ofName = (name: string) => {
      if (name === 'merged') return numbers(all);
      const found = labels.get(Number(name.slice('label'.length)));
      return found ? numbers(found) : [0, 0, 0];
    };
    expect(Object.keys(asserted)).toHaveLength(5);
    for (const [name, expected] of Object.entries(asserted))
      expect([name, ofName(name)]).toEqual([name, expected]);
  });

  test('values measured with gudhi, scipy and scikit-image, per label and merged', () => {
    const { betti_merged_binary: measured } = readJson<{
      betti_merged_binary: Record<
        string,
        { betti: number[]; vox: number; per_label: Record<string, number[]> }
      >;
    }>('oracle/fixtures_measured.json');
    const files = Object.keys(measured).filter((file) => hasData(`topcow-fixtures/${file}`));
    expect(files.length).toBeGreaterThan(15);
    for (const file of files) {
      const { labels, merged: all } = read(file);
      const { betti, vox, per_label: perLabel } = measured[file];
      const found = Object.fromEntries([...labels].map(([label, m]) => [label, numbers(m)]));
      expect([file, numbers(all), all.voxels, found]).toEqual([file, betti, vox, perLabel]);
    }
  });
});
