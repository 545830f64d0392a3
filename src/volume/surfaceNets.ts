import type { Vec3 } from './geometry';

/** A surface net: one vertex per cell that the surface crosses, one quad per voxel face between in and out. */
export interface SurfaceNet {
  /** Vertices x, y, z … in voxel indices: the centres of the crossed cells, half-way between voxels. */
  readonly vertices: Float32Array;
  /** For each coordinate of each vertex, 1 where the mask is a single voxel thick in that direction, else 0. */
  readonly thin: Uint8Array;
  /** Four vertices per quad, counter-clockwise seen from outside (for right-handed axes). */
  readonly quads: Uint32Array;
}

/** First and last foreground voxel of every row (j, k); first is -1 where there is none. */
function rowExtents(mask: Uint8Array, [nx, ny, nz]: Vec3) {
  const first = new Int32Array(ny * nz);
  const last = new Int32Array(ny * nz);
  for (let row = 0; row < first.length; row++) {
    const line = mask.subarray(row * nx, (row + 1) * nx);
    first[row] = line.indexOf(1);
    last[row] = first[row] < 0 ? -1 : line.lastIndexOf(1);
  }
  return { first, last };
}

type Corners = readonly [number, number, number, number];

/** Numbers that grow at the end; twice as long each time they are full. */
class Growing<T extends Float32Array | Uint32Array | Uint8Array> {
  length = 0;
  constructor(private values: T) {}

  push(...added: number[]): void {
    if (this.length + added.length > this.values.length) {
      const bigger = new (this.values.constructor as new (n: number) => T)(2 * this.values.length);
      bigger.set(this.values);
      this.values = bigger;
    }
    for (const value of added) this.values[this.length++] = value;
  }

  set(at: number, value: number): void {
    this.values[at] = value;
  }

  done(): T {
    return this.values.slice(0, this.length) as T;
  }
}

/**
 * The surface net of a mask (Gibson, Constrained Elastic Surface Nets, MICCAI 1998), before any relaxation. Voxels
 * outside the grid count as background, so that the net is closed. The work is proportional to the rows that hold
 * foreground.
 * @param mask 0 or 1, x fastest
 * @param dims [nx, ny, nz]
 */
export function surfaceNet(mask: Uint8Array, dims: Vec3): SurfaceNet {
  const [nx, ny, nz] = dims;
  const { first, last } = rowExtents(mask, dims);
  const vertices = new Growing(new Float32Array(3072));
  const thin = new Growing(new Uint8Array(3072));
  const quads = new Growing(new Uint32Array(4096));
  const width = nx + 1;
  // Cell (i, j, k) lies between the voxels one before and at its indices; two layers of cells are remembered.
  let [below, above] = [0, 1].map(() => new Int32Array(width * (ny + 1))) as [
    Int32Array,
    Int32Array,
  ];
  const isInside = (x: number, y: number, z: number) =>
    x >= 0 && y >= 0 && z >= 0 && x < nx && y < ny && z < nz && mask[(z * ny + y) * nx + x] === 1;
  /** The face between a voxel (x, y, z) and the next one on an axis. */
  const face = (axis: 0 | 1 | 2, x: number, y: number, z: number, corners: Corners) => {
    const outwards = isInside(x, y, z);
    quads.push(...(outwards ? corners : corners.toReversed()));
    const back = outwards ? -1 : 2;
    const behind = [x, y, z].map((v, a) => (a === axis ? v + back : v)) as [number, number, number];
    if (!isInside(...behind)) for (const vertex of corners) thin.set(3 * vertex + axis, 1);
  };

  for (let k = 0; k <= nz; k++) {
    [below, above] = [above, below];
    for (let j = 0; j <= ny; j++) {
      const starts = [0, 1, 2, 3].map((corner) => {
        const [y, z] = [j - 1 + (corner & 1), k - 1 + (corner >> 1)];
        return y < 0 || z < 0 || y >= ny || z >= nz ? -1 : z * ny + y;
      });
      const filled = starts.filter((row) => row >= 0 && first[row] >= 0);
      if (filled.length === 0) continue;
      const from = Math.min(...filled.map((row) => first[row]));
      const to = Math.max(...filled.map((row) => last[row])) + 1;
      const column = (x: number) => {
        if (x < 0 || x >= nx) return 0;
        let bits = 0;
        for (let corner = 0; corner < 4; corner++) {
          const row = starts[corner];
          if (row >= 0 && mask[row * nx + x]) bits |= 1 << (2 * corner);
        }
        return bits;
      };
      let low = column(from - 1);
      for (let i = from; i <= to; i++) {
        const high = column(i);
        const code = low | (high << 1);
        low = high;
        if (code === 0 || code === 255) continue;
        const at = j * width + i;
        const self = vertices.length / 3;
        above[at] = self;
        vertices.push(i - 0.5, j - 0.5, k - 0.5);
        thin.push(0, 0, 0);
        const crossed = code ^ (code & 1 ? 255 : 0);
        const [x, y, z] = [i - 1, j - 1, k - 1];
        if (crossed & 2) face(0, x, y, z, [below[at - width], below[at], self, above[at - width]]);
        if (crossed & 4) face(1, x, y, z, [below[at - 1], above[at - 1], self, below[at]]);
        if (crossed & 16)
          face(2, x, y, z, [above[at - width - 1], above[at - width], self, above[at - 1]]);
      }
    }
  }
  return { vertices: vertices.done(), thin: thin.done(), quads: quads.done() };
}
