import { expect, test } from '@jest/globals';
import { exercise } from '../../helpers/exercise';
import { seeds } from '../../helpers/fuzzSeeds';
import { MUTATIONS, Random } from '../../helpers/mutations';

const SEEDS = seeds(false);
const FILES = SEEDS.map(({ bytes }) => bytes);
const CASES = 20;

test('the files are sound before they are damaged', () => {
  const sound = SEEDS.filter(({ name }) => !name.startsWith('image'));
  expect(sound.map((seed) => exercise(seed.bytes, seed))).toEqual(sound.map(() => 'read'));
});

// `npm run fuzz:dicom` runs ten thousand, with real files too, and watches time and memory
test.each(Object.entries(MUTATIONS))(
  '%s: a result, or a refusal with tag and rule',
  (name, mutate) => {
    const random = new Random(name.length);
    const endings = Array.from({ length: CASES }, () => {
      const seed = random.pick(SEEDS);
      return exercise(mutate(seed.bytes, random, FILES), seed);
    });
    expect(endings).toContain('refused');
  },
);
