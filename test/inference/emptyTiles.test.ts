import { expect, jest, test } from '@jest/globals';
import { passingFlatTiles } from '@vessels/inference/emptyTiles';

const answering = () => jest.fn(async (tile: Float32Array) => tile.map((v) => v / 10));

test('a tile of one value is run once for each value in a row, others always', async () => {
  const run = answering();
  const passing = passingFlatTiles({ run });
  const tiles = [
    [1, 1],
    [1, 1],
    [2, 2],
    [1, 2],
    [2, 2],
    [1, 2],
  ].map((t) => Float32Array.from(t));
  for (const tile of tiles) expect(await passing.run(tile)).toEqual(tile.map((v) => v / 10));
  expect({ tiles: passing.tiles, skipped: passing.skipped }).toEqual({ tiles: 4, skipped: 2 });
  expect(run).toHaveBeenCalledTimes(4);
});
