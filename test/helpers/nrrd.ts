import zlib from 'node:zlib';
import type { Vec3 } from '@vessels/volume/geometry';

/** Read a NRRD of 16-bit integers (little endian) or bytes, raw or gzip, x fastest. */
export function readNrrd(file: Uint8Array): {
  data: Int16Array;
  dims: Vec3;
  /** Centre of the first voxel, in the space of the file, mm. */
  origin: Vec3;
  /** From voxel to voxel along each axis, mm. */
  steps: readonly [Vec3, Vec3, Vec3];
} {
  const buffer = Buffer.from(file);
  const end = buffer.indexOf('\n\n');
  const header = buffer.toString('latin1', 0, end);
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(header)?.[1];
  const isBytes = /^(unsigned char|uchar|uint8)$/.test(field('type') ?? '');
  if (!isBytes && (field('type') !== 'short' || field('endian') !== 'little'))
    throw new Error('NRRD of another type');
  const stored = buffer.subarray(end + 2);
  const bytes = field('encoding') === 'gzip' ? zlib.gunzipSync(stored) : stored;
  return {
    data: isBytes ? Int16Array.from(bytes) : new Int16Array(new Uint8Array(bytes).buffer),
    dims: field('sizes')!.split(' ').map(Number) as unknown as Vec3,
    origin: vectors(field('space origin'))[0]!,
    steps: vectors(field('space directions')) as unknown as readonly [Vec3, Vec3, Vec3],
  };
}

/** Vectors as (x,y,z). */
const vectors = (text = ''): Vec3[] =>
  [...text.matchAll(/\(([^)]*)\)/g)].map(
    ([, numbers]) => numbers!.split(',').map(Number) as unknown as Vec3,
  );

/** The labels of a mask, ascending, without the background. */
export const labelsOf = (mask: Int16Array): number[] =>
  [...new Set(mask)].filter((label) => label > 0).sort((a, b) => a - b);
