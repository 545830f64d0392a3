import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { thinByNetwork } from '@vessels/skeleton/learned';
import { bettiNumbers } from '@vessels/topology/betti';
import { draw, show } from '../helpers/draw';
import { errorOf } from '../helpers/errors';
import { randomMask, xorshift } from '../helpers/masks';

/** Thins a drawing; `#` of a second one is what the network takes for skeleton. */
function thinned(drawing: string[], proposed: string[]): string[] {
  const { mask, dims } = draw(drawing);
  const likeness = draw(proposed).mask.map((value) => 255 * value);
  return show({ mask: thinByNetwork(mask, dims, likeness), dims });
}

const BUMPY = [
  '.....#......', //
  '############',
  '############',
  '############',
];

test('the line runs where the network says and ends where it says: the bump is no branch', () => {
  expect(
    thinned(BUMPY, [
      '............', //
      '............',
      '.##########.',
      '............',
    ]),
  ).toEqual([
    '............', //
    '............',
    '.##########.',
    '............',
  ]);
});

test('a branch that the network proposes stays', () => {
  const branched = thinned(BUMPY, [
    '.....#......', //
    '.....#......',
    '.##########.',
    '............',
  ]);
  expect(branched[0]).toBe('.....#......');
});

test('a network that sees two pieces does not part what is one', () => {
  const line = thinned(['############'], ['####....####']);
  expect(line).toEqual(['############']);
});

test('specks of the network are no ends', () => {
  const [top, , bottom] = thinned(
    ['.....#......', '############', '############'],
    ['.....#......', '............', '############'],
  );
  expect(top).toBe('............');
  expect(bottom).toBe('############');
});

test('whatever the network says, components, loops and cavities are those of the mask', () => {
  fc.assert(
    fc.property(randomMask(), fc.integer(), ({ mask, dims }, seed) => {
      const random = xorshift(seed);
      const likeness = mask.map(() => Math.floor(256 * random()));
      expect(bettiNumbers(thinByNetwork(mask, dims, likeness), dims)).toEqual(
        bettiNumbers(mask, dims),
      );
    }),
  );
});

test('a likeness of another length is refused', () => {
  expect(
    errorOf(() => thinByNetwork(new Uint8Array(8), [2, 2, 2], new Uint8Array(7))),
  ).toMatchObject({ code: 'volume.length' });
});
