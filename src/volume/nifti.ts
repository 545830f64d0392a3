import * as nifti from 'nifti-reader-js';
import { checkDims } from './checks';
import { InputError } from './errors';
import type { Geometry, Vec3 } from './geometry';
import type { Volume, Voxels } from './volume';

type Header = ReturnType<typeof nifti.readHeader>;

/** Arrays of the NIfTI data types that are read; others (complex, RGB, 64-bit integers) are refused. */
const ARRAYS = Object.freeze({
  2: Uint8Array,
  4: Int16Array,
  8: Int32Array,
  16: Float32Array,
  64: Float64Array,
  256: Int8Array,
  512: Uint16Array,
  768: Uint32Array,
} as const);

/** Millimetres of NIfTI's spatial units (xyzt_units & 7); unknown is taken as millimetres, as is usual. */
const MILLIMETRES: Readonly<Record<number, number>> = Object.freeze({
  0: 1,
  1: 1000,
  2: 1,
  3: 1e-3,
});

/** Cosine above which two index axes are not taken for perpendicular. */
const MAX_SHEAR = 1e-3;

/**
 * Read a NIfTI-1 or NIfTI-2 file (.nii or .nii.gz) as a volume: x fastest as stored, values with the header's
 * slope and intercept, geometry turned from NIfTI's RAS to LPS.
 *
 * @throws InputError `nifti.not-nifti`, `nifti.data-type`, `nifti.not-3d`, `nifti.truncated`, `nifti.sheared`,
 *   `volume.dims`, `volume.too-large`
 */
export function readNifti(file: ArrayBuffer | Uint8Array): Volume {
  const { header, image } = unwrap(file);
  const dims: Vec3 = [axisLength(header, 1), axisLength(header, 2), axisLength(header, 3)];
  if (header.dims.slice(4, header.dims[0] + 1).some((n) => n > 1))
    throw new InputError('nifti.not-3d', 'The NIfTI file holds a series; give one 3-D volume.');
  checkDims(dims, 'the NIfTI header');
  return { data: readValues(header, image, dims), geometry: geometryOf(header, dims) };
}

function unwrap(file: ArrayBuffer | Uint8Array): { header: Header; image: ArrayBuffer } {
  const bytes = file instanceof ArrayBuffer ? file : new Uint8Array(file).buffer;
  try {
    const data = nifti.isCompressed(bytes) ? (nifti.decompress(bytes) as ArrayBuffer) : bytes;
    if (nifti.isNIFTI(data)) {
      const header = nifti.readHeader(data);
      return { header, image: nifti.readImage(header, data) };
    }
  } catch {
    // A damaged gzip stream or header: the same sentence as for a foreign file.
  }
  throw new InputError(
    'nifti.not-nifti',
    'The file is no NIfTI volume (.nii, .nii.gz), or damaged.',
  );
}

/** Axes beyond the file's own count (a 2-D image has no third) have one voxel. */
const axisLength = ({ dims }: Header, axis: number): number => (axis <= dims[0] ? dims[axis] : 1);

function readValues(header: Header, image: ArrayBuffer, dims: Vec3): Voxels {
  if (!(header.datatypeCode in ARRAYS))
    throw new InputError(
      'nifti.data-type',
      `The NIfTI data type ${header.datatypeCode} is not read; convert it to integers or float32.`,
    );
  const Stored = ARRAYS[header.datatypeCode as keyof typeof ARRAYS];
  const count = dims[0] * dims[1] * dims[2];
  if (image.byteLength < count * Stored.BYTES_PER_ELEMENT)
    throw new InputError('nifti.truncated', 'The NIfTI file ends before its last voxel.');
  const bytes = new Uint8Array(image, 0, count * Stored.BYTES_PER_ELEMENT);
  if (!header.littleEndian) reverseEach(bytes, Stored.BYTES_PER_ELEMENT);
  const stored = new Stored(image, 0, count);
  // NIfTI-1: a slope of 0 means "no scaling".
  const scaled = header.scl_slope !== 0 && Number.isFinite(header.scl_slope);
  const slope = scaled ? header.scl_slope : 1;
  const intercept = scaled && Number.isFinite(header.scl_inter) ? header.scl_inter : 0;
  if (slope !== 1 || intercept !== 0)
    return Float32Array.from(stored, (value) => value * slope + intercept);
  const wide = stored instanceof Float64Array || stored instanceof Uint32Array;
  return wide ? Float32Array.from(stored) : stored;
}

/** Turn big-endian values round in place. */
function reverseEach(bytes: Uint8Array, size: number): void {
  for (let at = 0; at < bytes.length; at += size) bytes.subarray(at, at + size).reverse();
}

function geometryOf({ affine, xyzt_units }: Header, dims: Vec3): Geometry {
  const unit = MILLIMETRES[xyzt_units & 7] ?? 1;
  const column = (axis: number): Vec3 => [
    -affine[0][axis] * unit,
    -affine[1][axis] * unit,
    affine[2][axis] * unit,
  ];
  const axes = [column(0), column(1), column(2)];
  const [sx, sy, sz] = axes.map((v) => Math.hypot(...v));
  const spacing: Vec3 = [sx, sy, sz];
  const units = axes.map((v, axis) => v.map((c) => c / spacing[axis]));
  const cosine = (a: number, b: number) => units[a].reduce((sum, c, i) => sum + c * units[b][i], 0);
  // Not "greater than": a column of zeros gives NaN and must fail too.
  const square = [cosine(0, 1), cosine(0, 2), cosine(1, 2)].every((c) => Math.abs(c) <= MAX_SHEAR);
  if (!square)
    throw new InputError(
      'nifti.sheared',
      'The axes of the NIfTI volume are not perpendicular; resample it onto a regular grid first.',
    );
  return { dims, spacing, origin: column(3), direction: units.flat() };
}
