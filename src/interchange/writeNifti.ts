import { gzipSync } from 'fflate';
import { checkSpacing, checkVoxels } from '../volume/checks';
import { InputError } from '../volume/errors';
import { indexToWorld, type Geometry, type Vec3 } from '../volume/geometry';

/** A mask of numbered segments on a grid, x fastest; 0 is background. */
export interface Labelmap {
  readonly data: Uint8Array | Uint16Array;
  readonly geometry: Geometry;
}

/** The header, and four bytes that say "no extension". */
const HEADER = 348;
const VOXELS_AT = 352;

/** Axis lengths are 16-bit numbers with a sign in NIfTI-1. */
const MAX_LENGTH = 32767;

const UINT8 = 2;
const UINT16 = 512;
const INTENT_LABEL = 1002;
const SCANNER_COORDINATES = 1;
const MILLIMETRES = 2;

/** NIfTI's world is RAS: x and y of LPS the other way round. */
const toRas = ([x, y, z]: Vec3): Vec3 => [-x, -y, z];

/** Unit axes of the grid in RAS, as columns of a rotation; the third turned round where they are left-handed. */
function rotationOf(direction: readonly number[]): { axes: Vec3[]; handedness: 1 | -1 } {
  const axes = [0, 3, 6].map((at) => toRas(direction.slice(at, at + 3) as unknown as Vec3));
  const [[a, b, c], [d, e, f], [g, h, i]] = axes as [Vec3, Vec3, Vec3];
  const handedness = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g) < 0 ? -1 : 1;
  return {
    axes: [axes[0]!, axes[1]!, axes[2]!.map((v) => handedness * v) as unknown as Vec3],
    handedness,
  };
}

/** The quaternion (b, c, d) of a rotation given by its columns; a = √(1 − b² − c² − d²) is not negative. */
function quaternionOf([x, y, z]: readonly Vec3[]): Vec3 {
  const [xx, yy, zz] = [x![0], y![1], z![2]];
  // the greatest of the four parts first, so that nothing is divided by a small number
  const parts = [1 + xx + yy + zz, 1 + xx - yy - zz, 1 - xx + yy - zz, 1 - xx - yy + zz];
  const greatest = parts.indexOf(Math.max(...parts));
  const root = Math.sqrt(parts[greatest]!);
  const half = 0.5 / root;
  const turns: Vec3 = [y![2] - z![1], z![0] - x![2], x![1] - y![0]];
  const [xy, xz, yz] = [x![1] + y![0], x![2] + z![0], y![2] + z![1]];
  const [a, b, c, d] = [
    [root / 2, turns[0] * half, turns[1] * half, turns[2] * half],
    [turns[0] * half, root / 2, xy * half, xz * half],
    [turns[1] * half, xy * half, root / 2, yz * half],
    [turns[2] * half, xz * half, yz * half, root / 2],
  ][greatest] as [number, number, number, number];
  return a < 0 ? [-b, -c, -d] : [b, c, d];
}

function headerOf({ data, geometry }: Labelmap): ArrayBuffer {
  const { dims, spacing, direction } = geometry;
  const header = new DataView(new ArrayBuffer(VOXELS_AT));
  const int16 = (at: number, ...values: number[]) =>
    values.forEach((value, i) => header.setInt16(at + 2 * i, value, true));
  const float32 = (at: number, ...values: number[]) =>
    values.forEach((value, i) => header.setFloat32(at + 4 * i, value, true));
  const { axes, handedness } = rotationOf(direction);
  const origin = toRas(geometry.origin);
  header.setInt32(0, HEADER, true);
  int16(40, 3, ...dims, 1, 1, 1, 1);
  int16(68, INTENT_LABEL, data instanceof Uint8Array ? UINT8 : UINT16, 8 * data.BYTES_PER_ELEMENT);
  float32(76, handedness, ...spacing);
  float32(108, VOXELS_AT);
  float32(112, 1, 0);
  header.setUint8(123, MILLIMETRES);
  int16(252, SCANNER_COORDINATES, SCANNER_COORDINATES);
  float32(256, ...quaternionOf(axes), ...origin);
  const unit = { ...geometry, origin: [0, 0, 0] as const };
  const steps = (
    [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ] as const
  ).map((step) => toRas(indexToWorld(unit, step)));
  [0, 1, 2].forEach((row) =>
    float32(280 + 16 * row, ...steps.map((step) => step[row]!), origin[row]!),
  );
  new Uint8Array(header.buffer).set(new TextEncoder().encode('n+1\0'), 344);
  return header.buffer;
}

/**
 * A labelmap as a NIfTI-1 file (.nii.gz): voxels in the order of the grid, i fastest; both transforms (qform and
 * sform, code 1: scanner coordinates) map voxel indices to RAS millimetres, which is the patient's LPS of DICOM with x
 * and y negated; intent NIFTI_INTENT_LABEL; no scaling.
 *
 * Source: nifti1.h of the NIfTI data format working group.
 *
 * @throws InputError `nifti.too-large`; `volume.dims`, `volume.length`, `volume.spacing`
 */
export function writeNifti(labelmap: Labelmap): Uint8Array<ArrayBuffer> {
  const { data, geometry } = labelmap;
  checkVoxels(data, geometry.dims, 'the labelmap');
  checkSpacing(geometry.spacing);
  const long = geometry.dims.find((n) => n > MAX_LENGTH);
  if (long !== undefined)
    throw new InputError(
      'nifti.too-large',
      `An axis of the labelmap has ${long} voxels, but NIfTI-1 can hold ${MAX_LENGTH}; crop it first.`,
    );
  const file = new Uint8Array(VOXELS_AT + data.byteLength);
  file.set(new Uint8Array(headerOf(labelmap)));
  // typed arrays are little endian wherever browsers run
  file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), VOXELS_AT);
  return gzipSync(file, { level: 6 });
}
