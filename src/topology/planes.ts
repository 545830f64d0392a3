import type { BitLayout, BitVolume } from '../volume/bits';
import type { PlacedBits } from '../volume/placedBits';
import type { Kernels } from '../wasm/kernels';

/** Room for one plane in the kernels' memory, margin included, laid out as in BitVolume. */
export interface PlaneRoom {
  readonly words: number;
  /** Notes the rows that hold foreground. */
  readonly occupied: number;
}

/** A packed mask that the kernels see one plane at a time: the whole never lies in their memory. */
export interface Planes {
  /** Planes without the margin. */
  readonly count: number;
  /** Rows of a plane, margin included. */
  readonly rows: number;
  readonly rowBytes: number;
  /** Bring a plane (from 0) to a place; whether it holds foreground. */
  read(plane: number, room: PlaneRoom): boolean;
}

/** Bytes of a mask that are copied at a time; they should stay in the cache. */
const CHUNK = 2 ** 18;

/**
 * The planes (z) of a mask of bytes.
 *
 * @param least bytes from this on are foreground
 */
export function planesOfMask(
  kernels: Kernels,
  mask: Uint8Array,
  layout: BitLayout,
  least = 1,
): Planes {
  const [nx, ny] = layout.dims;
  const shape = shapeOf(layout);
  const { rowBytes } = shape;
  const step = Math.min(ny, Math.max(1, Math.floor(CHUNK / nx)));
  const bytes = kernels.scratch(nx * step);
  const { packPlane } = kernels.run;
  return {
    ...shape,
    read(plane, { words, occupied }) {
      let voxels = 0;
      for (let y = 0; y < ny; y += step) {
        const rows = Math.min(step, ny - y);
        const first = (plane * ny + y) * nx;
        kernels.write(bytes, mask.subarray(first, first + rows * nx));
        voxels += packPlane(bytes, nx, rows, words + y * rowBytes, rowBytes, occupied + y, least);
      }
      return voxels > 0;
    },
  };
}

/** The planes of a mask that is packed already: along z for bit axis x, along x for bit axis z. */
export function planesOfBits(kernels: Kernels, volume: BitVolume): Planes {
  const { rowsPerPlane, rowWords } = volume;
  return {
    ...shapeOf(volume),
    read(plane, room) {
      const [from, to] = [(plane + 1) * rowsPerPlane, (plane + 2) * rowsPerPlane];
      const occupied = volume.occupied.subarray(from, to);
      kernels.write(room.occupied, occupied);
      kernels.write(room.words, volume.words.subarray(from * rowWords, to * rowWords));
      return occupied.includes(1);
    },
  };
}

/** The planes of a packed mask in the kernels' own memory. */
export function planesOfPlaced(kernels: Kernels, placed: PlacedBits): Planes {
  const { rowsPerPlane } = placed;
  const shape = shapeOf(placed);
  return {
    ...shape,
    read(plane, room) {
      const row = (plane + 1) * rowsPerPlane;
      kernels.copy(placed.occupied + row, room.occupied, rowsPerPlane);
      kernels.copy(placed.words + row * shape.rowBytes, room.words, rowsPerPlane * shape.rowBytes);
      return kernels.view(room.occupied, rowsPerPlane, Uint8Array).includes(1);
    },
  };
}

/** Room for a plane, empty at first. */
export const planeRoom = (kernels: Kernels, { rows, rowBytes }: Planes): PlaneRoom => ({
  words: kernels.zeros(rows * rowBytes),
  occupied: kernels.zeros(rows),
});

const shapeOf = ({ rowWords, rowsPerPlane, rowCount }: BitLayout) => ({
  count: rowCount / rowsPerPlane - 2,
  rows: rowsPerPlane,
  rowBytes: 4 * rowWords,
});
