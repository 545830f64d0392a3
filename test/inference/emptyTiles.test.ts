import { expect, jest, test } from '@jest/globals';
import { passingEmptyTiles } from '@vessels/inference/emptyTiles';

const answering = () => jest.fn(async (tile: Float32Array) => tile.map((v) => v / 10));

test('a tile of one value is run once for each value in a row, others always', async () => {
  const run = answering();
  const passing = passingEmptyTiles({ run });
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

test('a tile without a voxel as bright as the darkest vessel has probability 0', async () => {
  const run = answering();
  const passing = passingEmptyTiles({ run }, { darkest: 0.5 });
  expect([...(await passing.run(Float32Array.of(-1, 0.49)))]).toEqual([0, 0]);
  expect(run).not.toHaveBeenCalled();
  expect(await passing.run(Float32Array.of(-1, 0.5))).toEqual(Float32Array.of(-0.1, 0.05));
  expect({ tiles: passing.tiles, skipped: passing.skipped }).toEqual({ tiles: 1, skipped: 1 });
});
