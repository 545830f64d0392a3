import { bitLayout, popcount, type BitVolume } from '../../../volume/bits';
import type { Vec3 } from '../../../volume/geometry';
import { descend } from './descent';
import { gridOf, holds, positionAt, voxelAt, type Grid } from '../grid';
import { Retraction } from './retract';

/** Voxels around a ring in which its skeleton is looked for, tried in turn. */
const MARGINS = Object.freeze([4, 10, 25]);

/** Voxels of all boxes together beyond which rings stay where they are. */
const MOST_VOXELS = 2 ** 23;

/**
 * Rings of voxels of a mask moved onto its skeleton, each the same loop as before; where the skeleton is not
 * found around it, the ring as it was. The mask in a box around the ring is thinned to the skeleton there, and
 * takes the ring along.
 */
export function ringsOnSkeleton(
  grid: Grid,
  mask: BitVolume,
  skeleton: BitVolume,
  rings: readonly (readonly number[])[],
): (readonly number[])[] {
  let voxels = 0;
  return rings.map((ring) => {
    if (ring.some((position) => !holds(mask.words, position))) return ring;
    for (const margin of MARGINS) {
      const box = boxAround(grid, ring, margin);
      voxels += box.dims[0] * box.dims[1] * box.dims[2];
      if (voxels > MOST_VOXELS) return ring;
      const moved = movedInBox(grid, mask, skeleton, ring, box);
      if (moved.length > 0) return moved;
    }
    return ring;
  });
}

/** Part of a volume: its first voxel and its size. */
interface Box {
  readonly from: Vec3;
  readonly dims: Vec3;
}

function boxAround({ layout, ...grid }: Grid, ring: readonly number[], margin: number): Box {
  const voxels = ring.map((position) => voxelAt({ layout, ...grid }, position));
  const along = (axis: number) => voxels.map((voxel) => voxel[axis]);
  const from = layout.dims.map((_, axis) => Math.max(0, Math.min(...along(axis)) - margin));
  const to = layout.dims.map((n, axis) => Math.min(n, Math.max(...along(axis)) + margin + 1));
  const [x, y, z] = from;
  return { from: [x, y, z], dims: [to[0] - x, to[1] - y, to[2] - z] };
}

function movedInBox(
  grid: Grid,
  mask: BitVolume,
  skeleton: BitVolume,
  ring: readonly number[],
  { from, dims }: Box,
): number[] {
  const shift = ([x, y, z]: Vec3, by: 1 | -1): Vec3 => [
    x + by * from[0],
    y + by * from[1],
    z + by * from[2],
  ];
  const inner = gridOf(bitLayout(dims, 'x'), { ...grid.geometry, dims });
  const part = cut(grid, mask, inner, from);
  const bare = cut(grid, skeleton, inner, from);
  const descent = descend(inner, bare, part, part.words.slice());
  const moved = new Retraction(descent).of(
    ring.map((position) => positionAt(inner, shift(voxelAt(grid, position), -1))),
    true,
  );
  return moved.ring.map((position) => positionAt(grid, shift(voxelAt(inner, position), 1)));
}

/** What lies of a mask in a box that begins at a voxel. */
function cut(grid: Grid, { words }: BitVolume, inner: Grid, from: Vec3): BitVolume {
  const { layout } = inner;
  const part = new Int32Array(layout.rowCount * layout.rowWords);
  const occupied = new Uint8Array(layout.rowCount);
  const [nx, ny, nz] = layout.dims;
  let count = 0;
  for (let z = 0; z < nz; z++)
    for (let y = 0; y < ny; y++) {
      const source = positionAt(grid, [from[0], from[1] + y, from[2] + z]);
      const target = positionAt(inner, [0, y, z]);
      for (let x = 0; x < nx; x += 32) {
        const at = source + x;
        // Two words of the source hold the next 32 voxels; those of the target begin behind a bit of margin.
        const bits =
          ((words[at >>> 5] >>> (at & 31)) | ((words[(at >>> 5) + 1] << 1) << (31 - (at & 31)))) &
          (nx - x < 32 ? (1 << (nx - x)) - 1 : -1);
        if (bits === 0) continue;
        part[(target + x) >>> 5] |= bits << 1;
        part[((target + x) >>> 5) + 1] |= bits >>> 31;
        occupied[(z + 1) * layout.rowsPerPlane + y + 1] = 1;
        count += popcount(bits);
      }
    }
  return { ...layout, words: part, occupied, count };
}
