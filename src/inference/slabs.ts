import type { Vec3 } from '../volume/geometry';
import type { Voxels } from '../volume/volume';

/** An image that is read some slices at a time: frames that arrive, a file larger than memory, or an array. */
export interface SlabSource {
  /** [nx, ny, nz] of the whole image. */
  readonly dims: Vec3;
  /**
   * Slices from … to − 1, x fastest. Asked for in rising order; neighbouring slabs overlap, so what was read last is
   * often asked for in part again.
   */
  read(from: number, to: number): Voxels | Promise<Voxels>;
}

/** An array in memory as slabs. */
export const slabsOf = (data: Voxels, dims: Vec3): SlabSource => ({
  dims,
  read: (from, to) => data.subarray(from * dims[0] * dims[1], to * dims[0] * dims[1]),
});
