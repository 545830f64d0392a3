import type { Kernels } from '../wasm/kernels';
import type { BitVolume } from './bits';
import type { BoundaryNeighbours } from './boundary';

/** `boundaryPlain`, plane by plane: the volume never lies in the kernels' memory as a whole. */
export function boundaryCompiled(
  kernels: Kernels,
  volume: BitVolume,
  neighbours: BoundaryNeighbours,
): BitVolume {
  const { rowWords, rowsPerPlane, rowCount } = volume;
  const planeWords = rowsPerPlane * rowWords;
  const planes = kernels.scratch(12 * planeWords);
  const to = kernels.scratch(4 * planeWords);
  const occupiedTo = kernels.scratch(rowsPerPlane);
  const words = new Int32Array(volume.words.length);
  const occupied = new Uint8Array(rowCount);
  let count = 0;
  for (let z = 1; z < rowCount / rowsPerPlane - 1; z++) {
    kernels.write(planes, volume.words.subarray((z - 1) * planeWords, (z + 2) * planeWords));
    const inPlane = kernels.run.boundaryOfPlane(
      planes + 4 * planeWords,
      4 * rowWords,
      rowsPerPlane,
      neighbours === 26,
      to,
      occupiedTo,
    );
    if (inPlane === 0) continue;
    words.set(kernels.take(to, planeWords, Int32Array), z * planeWords);
    occupied.set(kernels.take(occupiedTo, rowsPerPlane, Uint8Array), z * rowsPerPlane);
    count += inPlane;
  }
  return { ...volume, words, occupied, count };
}
