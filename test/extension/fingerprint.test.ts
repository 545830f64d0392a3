import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fingerprint, fingerprintInTurns } from '../../extension/src/state/fingerprint';

const masks = fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 1, maxLength: 40 });

describe('fingerprint', () => {
  it('is the same for equal masks, wherever they lie in memory', () => {
    fc.assert(
      fc.property(masks, fc.integer({ min: 0, max: 7 }), (voxels, offset) => {
        const shifted = new Uint8Array(voxels.length + offset).subarray(offset);
        shifted.set(voxels);
        expect(fingerprint(shifted)).toBe(fingerprint(Uint8Array.from(voxels)));
      }),
    );
  });

  it('is the same in turns, over several parts too', async () => {
    const mask = new Uint8Array(2 ** 22 + 7);
    mask[5] = mask[2 ** 22 + 1] = mask[2 ** 22 + 6] = 1;
    const shifted = new Uint8Array(mask.length + 1).subarray(1);
    shifted.set(mask);
    expect(await fingerprintInTurns(mask)).toBe(fingerprint(mask));
    expect(await fingerprintInTurns(shifted)).toBe(fingerprint(mask));
    mask[2 ** 22 + 1] = 0;
    expect(await fingerprintInTurns(mask)).not.toBe(fingerprint(shifted));
  });

  it('changes with any one voxel', () => {
    fc.assert(
      fc.property(masks, fc.nat(), (voxels, at) => {
        const mask = Uint8Array.from(voxels);
        const before = fingerprint(mask);
        mask[at % mask.length]! ^= 1;
        expect(fingerprint(mask)).not.toBe(before);
      }),
    );
  });
});
