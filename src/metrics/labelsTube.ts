import { tubeAround } from '../skeleton/tubed';
import type { Vec3 } from '../volume/geometry';
import type { Labels } from './labels';
import { inVolume, type Crop } from './labelsCrop';
import type { Overlap } from './overlap';

/** Voxels of a tube (`a`), and those of them that carry the same label on the other side (`both`). */
type Covered = Pick<Overlap, 'a' | 'both'>;

/** The tubed skeleton of one side, counted by class. */
export interface TubeVoxels {
  readonly of: (label: number) => Covered;
  /** All labels as one class on both sides. */
  readonly merged: Covered;
}

/**
 * Count the tubed skeleton of a labelmap as Skeleton Recall Loss defines it: the tube of the merged mask's
 * skeleton, each voxel in the class that it has in the labelmap.
 *
 * @param skeleton of the merged mask, in a crop that holds all labels
 * @param mask the merged mask in the same crop
 * @param own labels of the tube's side, whole volume
 * @param other labels of the other side
 */
export function countTube(
  skeleton: Uint8Array,
  mask: Uint8Array,
  own: Labels,
  other: Labels,
  dims: Vec3,
  crop: Crop,
): TubeVoxels {
  const tube = tubeAround(skeleton, mask, crop.dims);
  const inTube = new Uint32Array(2 ** (8 * own.BYTES_PER_ELEMENT));
  const same = new Uint32Array(inTube.length);
  const merged = { a: 0, both: 0 };
  const at = inVolume(crop, dims);
  eachForeground(tube, (i) => {
    const voxel = at(i);
    const label = own[voxel];
    const there = other[voxel];
    inTube[label]++;
    if (there === label) same[label]++;
    merged.a++;
    if (there !== 0) merged.both++;
  });
  // A label beyond the type of this side has no voxel in it.
  const of = (label: number) => ({ a: inTube[label] ?? 0, both: same[label] ?? 0 });
  return { of, merged };
}

/** Visit the voxels of a mask that are not 0, four at a time where all are. */
function eachForeground(mask: Uint8Array, visit: (index: number) => void): void {
  const words = new Int32Array(mask.buffer, mask.byteOffset, mask.length >>> 2);
  for (let w = 0; w < words.length; w++) {
    if (words[w] === 0) continue;
    for (let i = 4 * w; i < 4 * w + 4; i++) if (mask[i] !== 0) visit(i);
  }
  for (let i = 4 * words.length; i < mask.length; i++) if (mask[i] !== 0) visit(i);
}
