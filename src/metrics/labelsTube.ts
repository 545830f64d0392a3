import { tubeAround } from '../skeleton/tubed';
import type { Vec3 } from '../volume/geometry';
import type { Labels } from './labels';
import { eachRow, type Crop } from './labelsCrop';
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
  eachRow(crop, dims, (at, from, length) => {
    for (let x = 0; x < length; x++) {
      if (tube[at + x] === 0) continue;
      const label = own[from + x];
      const there = other[from + x];
      inTube[label]++;
      if (there === label) same[label]++;
      merged.a++;
      if (there !== 0) merged.both++;
    }
  });
  // A label beyond the type of this side has no voxel in it.
  const of = (label: number) => ({ a: inTube[label] ?? 0, both: same[label] ?? 0 });
  return { of, merged };
}
