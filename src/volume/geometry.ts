/** A point or vector: millimetres in the patient's LPS frame, or voxel indices where said. */
export type Vec3 = readonly [number, number, number];

/**
 * Where the voxels of a regular grid lie in the patient (DICOM PS3.3 C.7.6.2.1.1).
 *
 * World position of voxel (i, j, k) = origin + i·spacing[0]·x + j·spacing[1]·y + k·spacing[2]·z,
 * where x, y, z are the three unit vectors in `direction`.
 */
export interface Geometry {
  /** Voxel counts [nx, ny, nz]; x varies fastest in memory. */
  readonly dims: Vec3;
  /** Distance of voxel centres along each index axis, mm. */
  readonly spacing: Vec3;
  /** Centre of voxel (0, 0, 0), LPS mm. */
  readonly origin: Vec3;
  /** Unit vectors of the x, y and z index axes, one after the other (nine numbers, as cornerstone's). */
  readonly direction: readonly number[];
  /** DICOM Frame of Reference UID (0020,0052), where the grid comes from DICOM. */
  readonly frameOfReferenceUID?: string;
}

/** Number of voxels of a grid. */
export const voxelCount = ({ dims }: Pick<Geometry, 'dims'>): number => dims[0] * dims[1] * dims[2];

/** Volume of one voxel, mm³. */
export const voxelVolume = ({ spacing }: Pick<Geometry, 'spacing'>): number =>
  spacing[0] * spacing[1] * spacing[2];

/** World position (LPS mm) of a point given in (fractional) voxel indices. */
export function indexToWorld({ origin, spacing, direction }: Geometry, [i, j, k]: Vec3): Vec3 {
  const at = (axis: number) =>
    origin[axis]! +
    i * spacing[0] * direction[axis]! +
    j * spacing[1] * direction[3 + axis]! +
    k * spacing[2] * direction[6 + axis]!;
  return [at(0), at(1), at(2)];
}

/** Fractional voxel indices of a world position (LPS mm); inverse of {@link indexToWorld}. */
export function worldToIndex({ origin, spacing, direction }: Geometry, [x, y, z]: Vec3): Vec3 {
  const [dx, dy, dz] = [x - origin[0], y - origin[1], z - origin[2]];
  const along = (axis: number) =>
    (dx * direction[3 * axis]! + dy * direction[3 * axis + 1]! + dz * direction[3 * axis + 2]!) /
    spacing[axis]!;
  return [along(0), along(1), along(2)];
}

/**
 * Whether two grids are the same: equal dims, and corners that differ by less than a tenth of the smallest
 * spacing. The frame of reference is compared when both have one.
 */
export function sameGrid(a: Geometry, b: Geometry): boolean {
  if (a.dims.some((n, axis) => n !== b.dims[axis])) return false;
  if (
    a.frameOfReferenceUID &&
    b.frameOfReferenceUID &&
    a.frameOfReferenceUID !== b.frameOfReferenceUID
  )
    return false;
  const tolerance = 0.1 * Math.min(...a.spacing);
  const [nx, ny, nz] = a.dims;
  const corners: Vec3[] = [
    [0, 0, 0],
    [nx, 0, 0],
    [0, ny, 0],
    [0, 0, nz],
  ];
  return corners.every((corner) => {
    const [p, q] = [indexToWorld(a, corner), indexToWorld(b, corner)];
    return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]) < tolerance;
  });
}
