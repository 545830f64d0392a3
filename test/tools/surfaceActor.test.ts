import { describe, expect, test } from '@jest/globals';
import { toCells } from '@vessels/tools/surfaceActor';

describe('toCells', () => {
  test('puts the number of corners before each triangle', () => {
    expect(Array.from(toCells(Uint32Array.of(0, 1, 2, 2, 1, 3)))).toEqual([3, 0, 1, 2, 3, 2, 1, 3]);
    expect(toCells(new Uint32Array(0))).toHaveLength(0);
  });
});
