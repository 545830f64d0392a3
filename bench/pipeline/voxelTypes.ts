/** Voxel arrays that the bench's cases have, by name. */
export const VOXEL_TYPES = Object.freeze({ Uint8Array, Int16Array, Uint16Array, Float32Array });

export type VoxelType = keyof typeof VOXEL_TYPES;
