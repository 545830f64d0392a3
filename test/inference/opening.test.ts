import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { greyOpening } from '@vessels/inference/opening';
import { cut, paste } from '@vessels/volume/box';
import { draw, fill, show, type Drawn } from '../helpers/draw';

const opened = ({ mask, dims }: Drawn): Drawn => {
  const values = mask.slice();
  greyOpening(values, dims);
  return { mask: values, dims };
};

test('what is thinner than three voxels goes, what is wider stays', () => {
  const plane = ['.........', '.###.....', '.####....', '.###..##.', '......##.'];
  const wide = ['.........', '.###.....', '.###.....', '.###.....', '.........'];
  const empty = Array<string>(5).fill('.........');
  expect(show(opened(draw(empty, plane, plane, plane, empty)))).toEqual(
    show(draw(empty, wide, wide, wide, empty)),
  );
  expect(show(opened(draw(empty, plane, plane, empty, empty)))).toEqual(
    show(draw(empty, empty, empty, empty, empty)),
  );
});

test('a box is opened as if it were the volume; what lies outside stays', () => {
  const { mask, dims } = fill([7, 6, 5], (x, y) => (x + y) % 5 > 0);
  const box = { start: [2, 1, 1], dims: [4, 4, 3] } as const;
  const alone = cut(mask, dims, box);
  greyOpening(alone, box.dims);
  expect(alone).not.toEqual(cut(mask, dims, box));
  const values = mask.slice();
  greyOpening(values, dims, box);
  expect(cut(values, dims, box)).toEqual(alone);
  paste(cut(mask, dims, box), values, dims, box);
  expect(values).toEqual(mask);
});

test('a vessel that leaves the image is as wide as what is seen of it', () => {
  const drawn = fill([5, 6, 7], (x) => x < 2);
  expect(opened(drawn)).toEqual(drawn);
});

test('of graded values the cube keeps what all of it reach', () => {
  const values = new Uint8Array(125);
  for (const z of [1, 2, 3])
    for (const y of [1, 2, 3]) for (const x of [1, 2, 3]) values[x + 5 * (y + 5 * z)] = 50 + 10 * x;
  greyOpening(values, [5, 5, 5]);
  expect(values.filter((value) => value === 60)).toHaveLength(27);
});

test('no value rises, and opening twice changes nothing more', () => {
  const bytes = fc.uint8Array({ minLength: 4 * 5 * 6, maxLength: 4 * 5 * 6 });
  fc.assert(
    fc.property(bytes, (before) => {
      const once = before.slice();
      greyOpening(once, [4, 5, 6]);
      expect(once.every((value, i) => value <= before[i])).toBe(true);
      const twice = once.slice();
      greyOpening(twice, [4, 5, 6]);
      expect(twice).toEqual(once);
    }),
  );
});
