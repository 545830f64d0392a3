import { expect, test } from '@jest/globals';
import type { Vec3 } from '@vessels/volume/geometry';
import { intensityMap, normalised } from '@vessels/inference/normalise';
import { readManifest } from '../../bench/nodeModel';
import { aortaCta, aortaMra, type EvaluationSet } from '../../bench/models/sets';
import { describeWithData } from '../helpers/data';

/** Greatest normalised value of each block of so many voxels that holds a voxel of the truth. */
function vesselBlocks({ image, truth }: EvaluationSet, id: string, size: number): number[] {
  const { data, geometry } = image;
  const intensities = intensityMap(data, readManifest(id));
  const [nx, ny, nz] = geometry.dims.map((n) => Math.ceil(n / size)) as unknown as Vec3;
  const greatest = new Float32Array(nx * ny * nz).fill(-Infinity);
  const holds = new Uint8Array(greatest.length);
  for (let z = 0, v = 0; z < geometry.dims[2]; z++)
    for (let y = 0; y < geometry.dims[1]; y++)
      for (let x = 0; x < geometry.dims[0]; x++, v++) {
        const block =
          Math.floor(x / size) + nx * (Math.floor(y / size) + ny * Math.floor(z / size));
        const value = normalised(data[v], intensities);
        if (value > greatest[block]) greatest[block] = value;
        if (truth![v]) holds[block] = 1;
      }
  return [...greatest].filter((_, block) => holds[block]);
}

describeWithData(
  'no block with a vessel of a real angiogram is as dark as what is passed over',
  () => {
    test.each([
      ['vessels-mra', aortaMra],
      ['vessels-cta', aortaCta],
    ] as const)('%s', (id, open) => {
      const { darkest } = readManifest(id);
      // tiles are 64 voxels wide: far smaller blocks are far more likely to be dark
      expect(Math.min(...vesselBlocks(open(), id, 8))).toBeGreaterThan(darkest! + 0.3);
    });
  },
);
