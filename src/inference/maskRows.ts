import type { Vec3 } from '../volume/geometry';

/** The voxels of a mask as the rows of a table, and which rows lie beside each. */
export interface MaskRows {
  /** Linear index of the voxel of each row, rising. */
  readonly voxels: Uint32Array;
  /** Neighbours of a row, itself in their middle: 27 in volumes, 9 in images. */
  readonly around: number;
  /**
   * Of each row the rows of its neighbours, x fastest, then y, then z; where the neighbour is no voxel of the mask, the
   * number of rows.
   */
  readonly neighbours: Int32Array;
}

/**
 * Nothing of the size of the volume is made: in raster order a neighbour of the next voxel lies behind that of this one,
 * so each line of neighbours is found by walking the voxels once.
 *
 * @param mask any value but 0 is foreground; x fastest
 * @param dims [nx, ny, nz]
 * @param dimensions 2 for neighbours within the slice
 */
export function maskRows(mask: Uint8Array, dims: Vec3, dimensions: 2 | 3): MaskRows {
  const [nx, ny, nz] = dims;
  const voxels = foreground(mask);
  const { length } = voxels;
  const around = 3 ** dimensions;
  const neighbours = new Int32Array(length * around).fill(length);
  const planes = dimensions === 3 ? [-1, 0, 1] : [0];
  planes.forEach((dz, plane) => {
    for (const dy of [-1, 0, 1]) {
      const line = 9 * plane + 3 * (dy + 1);
      let at = 0;
      for (let row = 0; row < length; row++) {
        const x = voxels[row] % nx;
        const y = Math.floor(voxels[row] / nx) % ny;
        const z = Math.floor(voxels[row] / (nx * ny));
        if (y + dy < 0 || y + dy >= ny || z + dz < 0 || z + dz >= nz) continue;
        const middle = voxels[row] + nx * (dy + ny * dz);
        const [from, to] = [middle - Number(x > 0), middle + Number(x + 1 < nx)];
        while (at < length && voxels[at] < from) at++;
        for (let beside = at; beside < length && voxels[beside] <= to; beside++)
          neighbours[row * around + line + voxels[beside] - middle + 1] = beside;
      }
    }
  });
  return { voxels, around, neighbours };
}

function foreground(mask: Uint8Array): Uint32Array {
  let count = 0;
  for (const value of mask) if (value !== 0) count++;
  const voxels = new Uint32Array(count);
  for (let v = 0, row = 0; v < mask.length; v++) if (mask[v] !== 0) voxels[row++] = v;
  return voxels;
}
