import type { Geometry } from './geometry';

/** Voxel values as cornerstone delivers them (rescaled to modality units). */
export type Voxels = Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Float32Array;

/** An image: intensities on a regular grid, x fastest. */
export interface Volume {
  readonly data: Voxels;
  readonly geometry: Geometry;
}

/** A binary mask on a regular grid, x fastest: 0 = background, 1 = vessel. */
export interface Mask {
  readonly data: Uint8Array;
  readonly geometry: Geometry;
}
