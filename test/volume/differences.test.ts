import { describe, expect, test } from '@jest/globals';
import { differences } from '@vessels/volume/differences';
import fc from 'fast-check';

const all = (a: ArrayLike<number>, b: ArrayLike<number>): number[] => {
  const next = differences(a, b);
  const found = [];
  for (let i = next(0); i < a.length; i = next(i + 1)) found.push(i);
  return found;
};

describe('differences', () => {
  test('names each place at which two arrays differ', () => {
    expect(all(Uint8Array.of(0, 1, 2, 3, 4, 5), Uint8Array.of(0, 1, 9, 3, 4, 9))).toEqual([2, 5]);
    expect(all(Uint8Array.of(1, 2), Uint8Array.of(1, 2))).toEqual([]);
    expect(all(new Uint8Array(0), new Uint8Array(0))).toEqual([]);
  });

  test('of the arrays as they are when asked', () => {
    const [a, b] = [new Uint8Array(9), new Uint8Array(9)];
    const next = differences(a, b);
    a[6] = 1;
    expect(next(0)).toBe(6);
    b[6] = 1;
    expect(next(0)).toBe(9);
  });

  test('wherever the bytes lie in memory, and in numbers that are no bytes', () => {
    const bytes = fc.uint8Array({ minLength: 0, maxLength: 40, max: 1 });
    fc.assert(
      fc.property(bytes, fc.nat(5), fc.infiniteStream(fc.boolean()), (a, shift, flips) => {
        const b = new Uint8Array(a.length + shift).subarray(shift);
        b.set(a.map((value) => (flips.next().value ? 1 - value : value)));
        const expected = [...a.keys()].filter((i) => a[i] !== b[i]);
        expect(all(a, b)).toEqual(expected);
        expect(all(Uint16Array.from(a), b)).toEqual(expected);
      }),
    );
  });
});
