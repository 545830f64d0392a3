import { checkSpacing, checkVoxels } from '../volume/checks';
import type { Vec3 } from '../volume/geometry';

/** Spheres among the background of a mask. Positions are fractional voxel indices, distances mm. */
export interface InscribedSpheres {
  /** [nx, ny, nz] of the mask. */
  readonly dims: Vec3;
  /**
   * Distance to the nearest centre of a background voxel; exact. What lies outside the volume is no
   * background; without any background the diagonal of the volume is returned.
   *
   * @param atLeast give up, with 0, as soon as the distance turns out to be this or less
   */
  clearance(x: number, y: number, z: number, atLeast?: number): number;
  /** The background voxel that the last search ended at, as index coordinates. */
  readonly contact: Vec3;
  /** Whether a voxel of the volume (whole indices) is background. */
  isBackground(x: number, y: number, z: number): boolean;
}

/**
 * Exact search for the nearest background voxel from any point: slices outward from the point, lines outward
 * in each slice, voxels outward on each line, until none can come nearer. Work grows with the sphere found.
 *
 * @param mask any value but 0 is foreground; x fastest
 * @throws InputError `volume.length`, `volume.dims`, `volume.too-large`, `volume.spacing`
 */
export function inscribedSpheres(mask: Uint8Array, dims: Vec3, spacing: Vec3): InscribedSpheres {
  checkVoxels(mask, dims);
  checkSpacing(spacing);
  const [nx, ny, nz] = dims;
  const [sx, sy, sz] = spacing;
  const farthest2 = (nx * sx) ** 2 + (ny * sy) ** 2 + (nz * sz) ** 2;
  const contact: [number, number, number] = [0, 0, 0];
  let best2 = farthest2;

  /** Look along one line, `rest2` away from the point; the nearest background so far bounds the walk. */
  function searchLine(x: number, y: number, z: number, rest2: number): void {
    const first = (z * ny + y) * nx;
    const start = nearestIndex(x, nx);
    let reach = Math.sqrt(best2 - rest2) / sx;
    let found = -1;
    for (let i = start; i >= 0 && x - i < reach; i--)
      if (mask[first + i] === 0) {
        reach = Math.abs(x - i);
        found = i;
      }
    for (let i = start + 1; i < nx && i - x < reach; i++)
      if (mask[first + i] === 0) {
        reach = i - x;
        found = i;
      }
    if (found < 0) return;
    best2 = rest2 + ((x - found) * sx) ** 2;
    contact[0] = found;
    contact[1] = y;
    contact[2] = z;
  }

  /** Look at one slice; false when it is too far away to hold anything nearer. */
  function searchSlice(x: number, y: number, z: number, dz: number): boolean {
    const dz2 = dz * dz;
    if (dz2 >= best2) return false;
    const start = nearestIndex(y, ny);
    for (let j = start; j >= 0; j--) {
      const rest2 = dz2 + ((y - j) * sy) ** 2;
      if (rest2 >= best2) break;
      searchLine(x, j, z, rest2);
    }
    for (let j = start + 1; j < ny; j++) {
      const rest2 = dz2 + ((y - j) * sy) ** 2;
      if (rest2 >= best2) break;
      searchLine(x, j, z, rest2);
    }
    return true;
  }

  function clearance(x: number, y: number, z: number, atLeast = 0): number {
    best2 = farthest2;
    const least2 = atLeast * atLeast;
    const start = nearestIndex(z, nz);
    for (let k = start; k >= 0 && searchSlice(x, y, k, (z - k) * sz); k--)
      if (best2 <= least2) return 0;
    for (let k = start + 1; k < nz && searchSlice(x, y, k, (z - k) * sz); k++)
      if (best2 <= least2) return 0;
    return Math.sqrt(best2);
  }

  const isBackground = (x: number, y: number, z: number) =>
    x >= 0 && x < nx && y >= 0 && y < ny && z >= 0 && z < nz && mask[(z * ny + y) * nx + x] === 0;
  return { dims, clearance, contact, isBackground };
}

const nearestIndex = (value: number, count: number): number =>
  Math.min(Math.max(Math.round(value), 0), count - 1);

/** Mean excess of a clearance, in voxel volumes^(2/3) over the radius; see {@link radiusOf}. */
const EXCESS = 0.174;

/**
 * Radius of a vessel from the clearance of its axis, mm.
 *
 * The nearest background centre lies a little outside the wall. In a tube of radius r the centres nearer than
 * r + e lie between wall and sphere, in a ring of volume (4π/3)·(2re)^(3/2). With one centre per voxel volume v,
 * laid out at random, the first is met at e = Γ(5/3)·(3v/4π)^(2/3) / 2r = 0.174·v^(2/3) / r on average. That
 * is 0.17 voxel edges for r = 1 edge and 0.06 for r = 3; the half edge that is often subtracted would be right
 * for flat walls along the grid only.
 */
export function radiusOf(clearance: number, spacing: Vec3): number {
  const face = (spacing[0] * spacing[1] * spacing[2]) ** (2 / 3);
  return clearance - Math.min((EXCESS * face) / clearance, clearance / 2);
}
