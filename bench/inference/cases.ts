import type { Volume } from '@vessels/volume/volume';
import type { Vec3 } from '@vessels/volume/geometry';
import { sampleVolumes } from '../../viewer/sample/study';

/** An image to run a net on. */
export interface InferenceCase {
  readonly name: string;
  readonly image: () => Volume;
}

/** An image in the middle of a larger one that is 0, as where a scanner cut the background away. */
function surrounded({ data, geometry }: Volume, dims: Vec3): Volume {
  const [nx, ny, nz] = geometry.dims;
  const start = dims.map((n, axis) => Math.floor((n - geometry.dims[axis]) / 2));
  const larger = new (data.constructor as new (length: number) => typeof data)(
    dims[0] * dims[1] * dims[2],
  );
  for (let z = 0; z < nz; z++)
    for (let y = 0; y < ny; y++) {
      const from = nx * (y + ny * z);
      const to = start[0] + dims[0] * (start[1] + y + dims[1] * (start[2] + z));
      larger.set(data.subarray(from, from + nx), to);
    }
  return { data: larger, geometry: { ...geometry, dims } };
}

export const INFERENCE_CASES: readonly InferenceCase[] = Object.freeze([
  { name: 'sample', image: () => sampleVolumes().image },
  {
    name: 'sample in 0',
    image: () => surrounded(sampleVolumes().image, [320, 320, 160]),
  },
]);
