import type { Vec3 } from '../volume/geometry';
import type { Voxels } from '../volume/volume';

/** An image that is read some slices at a time: frames that arrive, a file larger than memory, or an array. */
export interface SlabSource {
  /** [nx, ny, nz] of the whole image. */
  readonly dims: Vec3;
  /**
   * Slices from … to − 1, x fastest. Asked for in rising order, perhaps several times over; neighbouring slabs
   * overlap, so what was read last is often asked for in part again.
   */
  read(from: number, to: number): Voxels | Promise<Voxels>;
}

/** An array in memory as slabs. */
export const slabsOf = (data: Voxels, dims: Vec3): SlabSource => ({
  dims,
  read: (from, to) => data.subarray(from * dims[0] * dims[1], to * dims[0] * dims[1]),
});

/**
 * Slices that come one by one, such as the frames of a DICOMweb server, as slabs. Those of the last slab are kept, so
 * that none is fetched twice where slabs overlap.
 *
 * @param slice voxels of one slice, x fastest; all of one type
 */
export function slabsOfSlices(
  dims: Vec3,
  slice: (z: number) => Voxels | Promise<Voxels>,
): SlabSource {
  const kept = new Map<number, Voxels | Promise<Voxels>>();
  const plane = dims[0] * dims[1];
  return {
    dims,
    async read(from, to) {
      for (const z of kept.keys()) if (z < from || z >= to) kept.delete(z);
      for (let z = from; z < to; z++) if (!kept.has(z)) kept.set(z, slice(z));
      const slices = await Promise.all(
        Array.from({ length: to - from }, (_, i) => kept.get(from + i)!),
      );
      const slab = new (slices[0].constructor as new (length: number) => Voxels)(
        plane * slices.length,
      );
      slices.forEach((voxels, i) => slab.set(voxels, i * plane));
      return slab;
    },
  };
}
