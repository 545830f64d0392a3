import { InputError } from '../volume/errors';
import {
  indexToWorld,
  voxelCount,
  worldToIndex,
  type Geometry,
  type Vec3,
} from '../volume/geometry';
import { readNifti } from '../volume/nifti';
import type { Voxels } from '../volume/volume';
import type { Labelmap } from './writeNifti';

/** A labelmap of a file on the grid of a series. */
export interface ReadLabelmap extends Labelmap {
  /** Labels that occur, ascending, without the background. */
  readonly labels: readonly number[];
  /** A sentence when the file has another grid, so that voxels were resampled. */
  readonly note?: string;
}

const MAX_LABEL = 65535;

/** How far an index may lie from a whole number and still be the voxel itself, not one near it. */
const ON_VOXEL = 0.1;

/** Labels must be whole numbers that fit; what they mean a NIfTI file does not say. */
function labelsOf(data: Voxels): number[] {
  const seen = new Uint8Array(MAX_LABEL + 1);
  for (let v = 0; v < data.length; v++) {
    const value = data[v]!;
    if (!(Number.isInteger(value) && value >= 0 && value <= MAX_LABEL))
      throw new InputError(
        'nifti.labels',
        `The NIfTI file holds the value ${value}, but labels are whole numbers from 0 to ${MAX_LABEL}; give a mask, not an image.`,
      );
    seen[value] = 1;
  }
  const labels: number[] = [];
  for (let label = seen.indexOf(1, 1); label > 0; label = seen.indexOf(1, label + 1))
    labels.push(label);
  return labels;
}

const minus = (a: Vec3, b: Vec3): Vec3 => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];

/** Indices in the file of the grid's first voxel, and how they change along its axes. */
function placesOf(from: Geometry, to: Geometry): [start: Vec3, steps: Vec3[]] {
  const at = (index: Vec3) => worldToIndex(from, indexToWorld(to, index));
  const start = at([0, 0, 0]);
  const units: readonly Vec3[] = [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ];
  return [start, units.map((unit) => minus(at(unit), start))];
}

const isWhole = (vector: Vec3) => vector.every((c) => Math.abs(c - Math.round(c)) < 1e-3);

/**
 * Read a labelmap (.nii, .nii.gz) onto the grid of a series: by position, RAS to LPS, so that files whose axes are
 * flipped or swapped come out right. On another grid in the same place each voxel gets the label of the nearest one in
 * the file, with a note; places beyond the file are background.
 *
 * @throws InputError those of `readNifti`; `nifti.labels`, `nifti.outside`
 */
export function readLabelmap(file: ArrayBuffer | Uint8Array, geometry: Geometry): ReadLabelmap {
  const source = readNifti(file);
  const labels = labelsOf(source.data);
  const data = new (labels.some((label) => label > 255) ? Uint16Array : Uint8Array)(
    voxelCount(geometry),
  );
  const [start, [di, dj, dk]] = placesOf(source.geometry, geometry) as [Vec3, [Vec3, Vec3, Vec3]];
  const [nx, ny, nz] = geometry.dims;
  const [mx, my, mz] = source.geometry.dims;
  let covered = 0;
  for (let k = 0, out = 0; k < nz; k++)
    for (let j = 0; j < ny; j++) {
      const [x0, y0, z0] = [0, 1, 2].map((a) => start[a]! + j * dj[a]! + k * dk[a]!) as [
        number,
        number,
        number,
      ];
      for (let i = 0; i < nx; i++, out++) {
        const x = Math.round(x0 + i * di[0]);
        const y = Math.round(y0 + i * di[1]);
        const z = Math.round(z0 + i * di[2]);
        if (x < 0 || y < 0 || z < 0 || x >= mx || y >= my || z >= mz) continue;
        covered++;
        data[out] = source.data[x + mx * (y + my * z)]!;
      }
    }
  if (covered === 0)
    throw new InputError(
      'nifti.outside',
      'The NIfTI file lies beside the series; choose a labelmap of this series.',
    );
  const isOnVoxels =
    [di, dj, dk].every(isWhole) && start.every((c) => Math.abs(c - Math.round(c)) < ON_VOXEL);
  const isSame = isOnVoxels && covered === data.length && data.length === source.data.length;
  return {
    data,
    geometry,
    labels,
    ...(!isSame && {
      note: `The NIfTI file lies on another grid than the series (${source.geometry.dims.join(' × ')} voxels; the series ${geometry.dims.join(' × ')}); each voxel has the label that is nearest.`,
    }),
  };
}
