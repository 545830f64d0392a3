import { withKernels } from '../wasm/kernels';
import { transposeBits, type BitVolume } from './bits';
import { boundaryCompiled } from './boundaryCompiled';
import { boundaryPlain } from './boundaryPlain';

/** Neighbours that make a boundary: all 26, or the 8 in the plane of equal z (2-D images). */
export type BoundaryNeighbours = 26 | 8;

/**
 * The boundary of a mask: its voxels with a background voxel among their neighbours; the outside of the volume is
 * background. With 26 neighbours it is ITK's `LabelContourImageFilter`, fully connected, on the padded mask.
 *
 * @param volume packed along x or z; the boundary comes packed along x
 * @throws InputError `volume.too-large`
 */
export function boundaryOfBits(volume: BitVolume, neighbours: BoundaryNeighbours = 26): BitVolume {
  const alongX = volume.axis === 'x' ? volume : transposeBits(volume);
  return withKernels(
    (kernels) => boundaryCompiled(kernels, alongX, neighbours),
    () => boundaryPlain(alongX, neighbours),
  );
}
