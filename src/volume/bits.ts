import { withKernels } from '../wasm/kernels';
import { checkVoxels } from './checks';
import { countBothCompiled, packBitsCompiled, transposeBitsCompiled } from './bitsCompiled';
import { countBothPlain, packBitsPlain, transposeBitsPlain } from './bitsPlain';
import { InputError } from './errors';
import type { Vec3 } from './geometry';
import { lowestBit } from './words';

export { lowestBit, popcount } from './words';

/** The volume axis that lies along the bits of a word. */
export type BitAxis = 'x' | 'z';

/**
 * A mask with 32 voxels to a word, so that kernels work on words and skip empty rows.
 *
 * A row runs along the bit axis; rows of equal plane follow each other along y, planes along the third axis
 * (z for bit axis x, x for bit axis z). An empty voxel, row and plane surround the volume on all sides, so
 * no kernel needs a test for the border: voxel b of row r in plane p is bit (b+1) & 31 of word
 * ((p+1)·rowsPerPlane + r+1)·rowWords + ((b+1) >>> 5). Rows are whole numbers of 64 bits, so that the compiled
 * kernels read two words at a time.
 */
export interface BitVolume {
  /** [nx, ny, nz] of the mask, without the margin. */
  readonly dims: Vec3;
  readonly axis: BitAxis;
  readonly words: Int32Array;
  /** Words of a row, even. */
  readonly rowWords: number;
  /** Rows of a plane, margin included. */
  readonly rowsPerPlane: number;
  /** Rows of the volume, margins included. */
  readonly rowCount: number;
  /** 1 for each row that holds foreground. */
  readonly occupied: Uint8Array;
  /** Foreground voxels. */
  readonly count: number;
}

/** Bits are addressed by 32-bit numbers. */
const MAX_BITS = 2 ** 32;

/** The shape of a packed volume, without its content. */
export type BitLayout = Pick<BitVolume, 'dims' | 'axis' | 'rowWords' | 'rowsPerPlane' | 'rowCount'>;

/**
 * How a volume of these dims is packed along an axis.
 *
 * @throws InputError `volume.too-large`
 */
export function bitLayout(dims: Vec3, axis: BitAxis): BitLayout {
  const [nx, ny, nz] = dims;
  const [bits, planes] = axis === 'x' ? [nx, nz] : [nz, nx];
  const rowWords = 2 * (((bits + 1) >>> 6) + 1);
  const rowsPerPlane = ny + 2;
  const rowCount = (planes + 2) * rowsPerPlane;
  if (rowCount * rowWords * 32 > MAX_BITS)
    throw new InputError(
      'volume.too-large',
      `dims ${dims.join('×')} do not fit the packed form; crop or resample the volume first.`,
    );
  return { dims, axis, rowWords, rowsPerPlane, rowCount };
}

/**
 * Pack a mask (x fastest, any value but 0 is foreground) along an axis.
 *
 * @throws InputError `volume.length`, `volume.dims`, `volume.too-large`
 */
export function packBits(mask: Uint8Array, dims: Vec3, axis: BitAxis = 'x'): BitVolume {
  checkVoxels(mask, dims);
  const alongX = bitLayout(dims, 'x');
  const layout = bitLayout(dims, axis);
  return withKernels(
    (kernels) => packBitsCompiled(kernels, mask, alongX, layout),
    () => {
      const packed = packBitsPlain(mask, alongX);
      return axis === 'x' ? packed : transposeBitsPlain(packed, layout);
    },
  );
}

/**
 * The same mask packed along the other axis.
 *
 * @throws InputError `volume.too-large`
 */
export function transposeBits(volume: BitVolume): BitVolume {
  const layout = bitLayout(volume.dims, volume.axis === 'x' ? 'z' : 'x');
  return withKernels(
    (kernels) => transposeBitsCompiled(kernels, volume, layout),
    () => transposeBitsPlain(volume, layout),
  );
}

/** Voxels that two masks of one layout share. */
export const countBoth = (a: BitVolume, b: BitVolume): number =>
  withKernels(
    (kernels) => countBothCompiled(kernels, a.words, b.words),
    () => countBothPlain(a.words, b.words),
  );

/** The mask (0 or 1, x fastest) of a packed volume; the inverse of {@link packBits}. */
export function unpackBits(volume: BitVolume): Uint8Array {
  // Along x the bytes are written in their order in memory.
  const { dims, words, rowWords, rowsPerPlane, rowCount, occupied } =
    volume.axis === 'x' ? volume : transposeBits(volume);
  const [nx, ny, nz] = dims;
  const mask = new Uint8Array(nx * ny * nz);
  for (let row = 0; row < rowCount; row++) {
    if (occupied[row] === 0) continue;
    const plane = Math.floor(row / rowsPerPlane);
    const margin = ((plane - 1) * ny + (row - plane * rowsPerPlane - 1)) * nx - 1;
    for (let k = 0; k < rowWords; k++) {
      for (let word = words[row * rowWords + k]; word !== 0; word &= word - 1)
        mask[margin + 32 * k + lowestBit(word)] = 1;
    }
  }
  return mask;
}
