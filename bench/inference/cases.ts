import type { Volume } from '@vessels/volume/volume';
import type { Vec3 } from '@vessels/volume/geometry';
import { xorshift } from '../../test/helpers/masks';
import { sampleVolumes } from '../../viewer/sample/study';

/** An image to run a net on. */
export interface InferenceCase {
  readonly name: string;
  readonly image: () => Volume;
}

/** What lies around an image; a function of the voxel's place. */
type Surroundings = (voxel: number) => number;

/** An image in the middle of a larger one. */
function surrounded({ data, geometry }: Volume, dims: Vec3, by: Surroundings): Volume {
  const [nx, ny, nz] = geometry.dims;
  const start = dims.map((n, axis) => Math.floor((n - geometry.dims[axis]) / 2));
  const larger = new (data.constructor as new (length: number) => typeof data)(
    dims[0] * dims[1] * dims[2],
  );
  for (let v = 0; v < larger.length; v++) larger[v] = by(v);
  for (let z = 0; z < nz; z++)
    for (let y = 0; y < ny; y++) {
      const from = nx * (y + ny * z);
      const to = start[0] + dims[0] * (start[1] + y + dims[1] * (start[2] + z));
      larger.set(data.subarray(from, from + nx), to);
    }
  return { data: larger, geometry: { ...geometry, dims } };
}

/** As where the scanner cut the background away. */
const nothing: Surroundings = () => 0;

/** Noise of air: the magnitude of two Gaussians, from a fixed sequence. @param sigma their standard deviation */
function airOf(sigma: number): Surroundings {
  const next = xorshift(3);
  return () => Math.round(sigma * Math.sqrt(-2 * Math.log(1 - next())));
}

const LARGER: Vec3 = [320, 320, 160];

export const INFERENCE_CASES: readonly InferenceCase[] = Object.freeze([
  { name: 'sample', image: () => sampleVolumes().image },
  {
    name: 'sample in air',
    image: () => surrounded(sampleVolumes().image, LARGER, airOf(8)),
  },
  {
    name: 'sample in 0',
    image: () => surrounded(sampleVolumes().image, LARGER, nothing),
  },
]);
