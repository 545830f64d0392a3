import { expect, test } from '@jest/globals';
import { isSimpleByRules } from '@vessels/skeleton/baselines/bertrand';
import { isSimple } from '@vessels/skeleton/neighbourhood';
import { xorshift } from '../../helpers/masks';

test('the rules agree with the components and the Euler characteristic', () => {
  const next = xorshift(1);
  const word = () => Math.floor(next() * 2 ** 27) & ~(1 << 13);
  const wrong: number[] = [];
  for (let i = 0; i < 60000; i++) {
    // Surroundings of five densities
    const [a, b, c] = [word(), word(), word()];
    const bits = [a & b & c, a & b, a, a | b, a | b | c][i % 5];
    if (isSimpleByRules(bits) !== isSimple(bits)) wrong.push(bits);
  }
  expect(wrong).toEqual([]);
});
