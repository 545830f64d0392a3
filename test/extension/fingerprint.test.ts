import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fingerprint } from '../../extension/src/state/fingerprint';

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
