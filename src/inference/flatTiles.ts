import type { Network } from './network';

/** A network that is not run again for a tile of one value that it has answered. */
export interface FlatTiles {
  run(tile: Float32Array): Promise<Float32Array>;
  /** Tiles that the network ran, and those that it did not have to. */
  readonly tiles: number;
  readonly skipped: number;
}

/**
 * A tile whose normalised voxels are all equal (air below the clip, padding, background that the scanner zeroed) gets
 * the network's answer to the last such tile: the same input, so the same voxels to the bit, and nothing is run.
 */
export function passingFlatTiles(network: Pick<Network, 'run'>): FlatTiles {
  let tiles = 0;
  let skipped = 0;
  let flat: { readonly value: number; readonly answer: Float32Array } | undefined;
  return {
    async run(tile) {
      const value = onlyValue(tile);
      if (value !== undefined && value === flat?.value) {
        skipped++;
        return flat.answer;
      }
      tiles++;
      const answer = await network.run(tile);
      if (value !== undefined) flat = { value, answer };
      return answer;
    },
    get tiles() {
      return tiles;
    },
    get skipped() {
      return skipped;
    },
  };
}

/** The value of all voxels of a tile, where they share one. */
function onlyValue(tile: Float32Array): number | undefined {
  const [value] = tile;
  return tile.every((v) => v === value) ? value : undefined;
}
