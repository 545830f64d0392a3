import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { averaged, coarseGrid, coarseSlices, isQuiet, raise } from '@vessels/inference/coarse';
import { infer } from '@vessels/inference/infer';
import type { ModelManifest } from '@vessels/inference/manifest';
import { planTiles } from '@vessels/inference/tiles';
import type { Vec3 } from '@vessels/volume/geometry';

const coarseOf = (values: ArrayLike<number>, dims: Vec3, factors: Vec3) => ({
  probability: Uint8Array.from(values),
  dims,
  factors,
});

describe('the coarse grid', () => {
  it('has voxels of twice the size where they are not coarse already', () => {
    expect(coarseGrid([8, 9, 5], [1, 1, 1])).toEqual({ dims: [4, 5, 3], factors: [2, 2, 2] });
    expect(coarseGrid([8, 8, 5], [0.5, 0.5, 3])).toEqual({ dims: [4, 4, 5], factors: [2, 2, 1] });
    expect(coarseGrid([8, 8, 5], [0.5, 0.5, 0.9])).toMatchObject({ factors: [2, 2, 2] });
  });

  it('holds the means of blocks, the last of fewer voxels', () => {
    const row = Int16Array.from([1, 3, 10, 12, 7]);
    expect([...averaged(row, [5, 1, 1], [3, 1, 1], [2, 2, 2])]).toEqual([2, 11, 7]);
    const square = Float32Array.from([1, 2, 3, 5]);
    expect([...averaged(square, [2, 2, 1], [1, 1, 1], [2, 2, 1])]).toEqual([2.75]);
  });
});

describe('raising probabilities', () => {
  it('is linear between the centres of coarse voxels, and level beyond the outer ones', () => {
    const fine = new Uint8Array(6);
    raise(fine, 0, [6, 1, 1], coarseOf([0, 200, 100], [3, 1, 1], [2, 1, 1]));
    expect([...fine]).toEqual([0, 50, 150, 175, 125, 100]);
  });

  it('is the same slab by slab, and a slab needs but the slices beside it', () => {
    const answer = coarseOf([0, 200, 100], [1, 1, 3], [2, 2, 2]);
    const slab = new Uint8Array(3);
    raise(slab, 2, [1, 1, 6], answer);
    expect([...slab]).toEqual([150, 175, 125]);
    expect([0, 1, 2, 3, 5].map((z) => coarseSlices(z, 1, answer))).toEqual([
      ...[[0, 2], [0, 2], [0, 2], [1, 3], [2, 3]], // prettier-ignore
    ]);
    expect(coarseSlices(2, 3, answer)).toEqual([0, 3]);
  });

  it('never lowers one', () => {
    const byte = fc.uint8Array({ minLength: 27, maxLength: 27 });
    fc.assert(
      fc.property(byte, fc.uint8Array({ minLength: 8, maxLength: 8 }), (before, coarse) => {
        const after = before.slice();
        raise(after, 0, [3, 3, 3], coarseOf(coarse, [2, 2, 2], [2, 2, 2]));
        const most = Math.max(...coarse);
        after.forEach((value, i) => {
          expect(value).toBeGreaterThanOrEqual(before[i]);
          expect(value).toBeLessThanOrEqual(Math.max(before[i], most));
        });
      }),
    );
  });
});

describe('a quiet box', () => {
  // Six fine voxels to three coarse ones along each axis; the last coarse voxel is loud.
  const coarse = new Uint8Array(27);
  coarse[26] = 9;
  const quiet = (start: Vec3, dims: Vec3, least: number) =>
    isQuiet(coarseOf(coarse, [3, 3, 3], [2, 2, 2]), { start, dims }, least);

  it('has no coarse voxel of the probability in it or beside it', () => {
    expect(quiet([0, 0, 0], [3, 3, 3], 9)).toBe(true);
    // voxel 3 lies between the coarse voxels 1 and 2
    expect(quiet([3, 3, 3], [1, 1, 1], 9)).toBe(false);
    expect(quiet([5, 5, 5], [1, 1, 1], 9)).toBe(false);
    expect(quiet([5, 5, 5], [1, 1, 1], 10)).toBe(true);
    expect(quiet([5, 5, 0], [1, 1, 2], 9)).toBe(true);
  });
});

describe('a model with a coarse pass', () => {
  const manifest = {
    patch: [8, 8, 8],
    overlap: [4, 4, 4],
    normalisation: { kind: 'none' },
    clip: [0, 1],
    coarse: true,
  } as unknown as ModelManifest;
  /** Says vessel where the tile is bright all over its middle: sees wide things on the coarse grid alone. */
  const network = {
    run: (tile: Float32Array) => {
      const middle = tile[4 + 8 * (4 + 8 * 4)];
      const isFull = tile.every((value) => value === middle);
      return Promise.resolve(tile.map((value) => (isFull ? 0 : value)));
    },
  };
  const dims: Vec3 = [16, 16, 16];
  const geometry = {
    dims,
    spacing: [1, 1, 1],
    origin: [0, 0, 0],
    direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  } as const;

  it('takes the greater probability of both passes, and counts the tiles of both', async () => {
    // A block that fills some fine tiles, but no coarse one.
    const data = Float32Array.from({ length: 4096 }, (_, v) =>
      Number([v % 16, Math.floor(v / 16) % 16, Math.floor(v / 256)].every((i) => i > 2 && i < 14)),
    );
    const told: [number, number][] = [];
    const both = await infer({ data, geometry }, manifest, network, {
      onTile: (done, total) => told.push([done, total]),
    });
    const fine = await infer({ data, geometry }, { ...manifest, coarse: undefined }, network);
    const centre = 8 + 16 * (8 + 16 * 8);
    expect(fine.probability[centre]).toBeLessThan(255);
    expect(both.probability[centre]).toBe(255);
    expect(both.probability.every((value, i) => value >= fine.probability[i])).toBe(true);
    const total =
      planTiles(dims, [8, 8, 8], [4, 4, 4]).count +
      planTiles([8, 8, 8], [8, 8, 8], [4, 4, 4]).count;
    expect(told.at(-1)).toEqual([total, total]);
    expect(both.tiles + both.skipped).toBe(total);
  });

  it('runs no tile around which a coarse pass that steers finds nothing, and changes nothing elsewhere', async () => {
    // A bright corner; elsewhere the net gives a little, which the coarse pass gives too.
    const data = Float32Array.from({ length: 4096 }, (_, v) =>
      [v % 16, Math.floor(v / 16) % 16, Math.floor(v / 256)].every((i) => i < 2)
        ? 0.9 - (v % 3) / 10
        : (v % 7) / 100,
    );
    const both = await infer({ data, geometry }, manifest, network);
    const steered = await infer({ data, geometry }, { ...manifest, steer: 0.3 }, network);
    const fine = planTiles(dims, [8, 8, 8], [4, 4, 4]);
    expect(both.skipped).toBe(0);
    // Along each axis tiles begin at 0, 4 and 8; the first alone looks at the corner or beside it.
    expect(fine.starts[0]).toEqual([0, 4, 8]);
    expect(steered.skipped).toBe(fine.count - 1);
    const bright = (p: Uint8Array) => p.map((byte) => Number(byte >= 128));
    expect(bright(steered.probability)).toEqual(bright(both.probability));
    expect(bright(both.probability).reduce((sum, v) => sum + v, 0)).toBe(8);
  });
});
