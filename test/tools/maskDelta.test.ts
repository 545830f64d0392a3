import { describe, expect, test } from '@jest/globals';
import { applyDelta, maskDelta } from '@vessels/tools/maskDelta';
import fc from 'fast-check';

const masks = fc
  .integer({ min: 0, max: 70 })
  .chain((length) =>
    fc.tuple(...[0, 1].map(() => fc.uint8Array({ minLength: length, maxLength: length, max: 2 }))),
  );

describe('maskDelta', () => {
  test('tells each run of changed voxels once', () => {
    const before = Uint8Array.from([0, 0, 1, 1, 1, 0, 0, 0, 0, 1]);
    const after = Uint8Array.from([0, 1, 0, 0, 1, 0, 0, 0, 1, 1]);
    const delta = maskDelta(before, after);
    expect(Array.from(delta.starts)).toEqual([1, 2, 8]);
    expect(Array.from(delta.lengths)).toEqual([1, 2, 1]);
    expect(Array.from(delta.before)).toEqual([0, 1, 0]);
    expect(Array.from(delta.after)).toEqual([1, 0, 1]);
  });

  test('equal masks have no runs', () => {
    expect(maskDelta(new Uint8Array(100).fill(1), new Uint8Array(100).fill(1)).starts).toHaveLength(
      0,
    );
  });

  test('finds a change behind long equal stretches, and at the very end', () => {
    const before = new Uint8Array(1001);
    const after = before.slice();
    after[500] = after[1000] = 1;
    expect(Array.from(maskDelta(before, after).starts)).toEqual([500, 1000]);
  });

  test('leads from either mask to the other, wherever the arrays lie in memory', () => {
    fc.assert(
      fc.property(masks, fc.nat(9), ([before, after], shift) => {
        const shifted = new Uint8Array(new ArrayBuffer(after!.length + shift), shift);
        shifted.set(after!);
        const delta = maskDelta(before!, shifted);
        const there = before!.slice();
        applyDelta(there, delta, 'after');
        expect(there).toEqual(after);
        applyDelta(there, delta, 'before');
        expect(there).toEqual(before);
      }),
    );
  });

  test('leaves voxels outside the delta alone', () => {
    const delta = maskDelta(Uint8Array.of(0, 0, 0), Uint8Array.of(0, 1, 0));
    const other = Uint8Array.of(7, 7, 7);
    applyDelta(other, delta, 'after');
    expect(Array.from(other)).toEqual([7, 1, 7]);
  });

  test('masks of different sizes are refused', () => {
    expect(() => maskDelta(new Uint8Array(3), new Uint8Array(4))).toThrow(RangeError);
    const delta = maskDelta(new Uint8Array(3), new Uint8Array(3));
    expect(() => applyDelta(new Uint8Array(4), delta, 'after')).toThrow(RangeError);
  });
});
