import zlib from 'node:zlib';
import type { Vec3 } from '@vessels/volume/geometry';

/** Read a NRRD of 16-bit integers (little endian, raw or gzip), x fastest. */
export function readNrrd(file: Uint8Array): { data: Int16Array; dims: Vec3 } {
  const buffer = Buffer.from(file);
  const end = buffer.indexOf('\n\n');
  const header = buffer.toString('latin1', 0, end);
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(header)?.[1];
  if (field('type') !== 'short' || field('endian') !== 'little')
    throw new Error('NRRD of another type');
  const stored = buffer.subarray(end + 2);
  const bytes = field('encoding') === 'gzip' ? zlib.gunzipSync(stored) : stored;
  return {
    data: new Int16Array(new Uint8Array(bytes).buffer),
    dims: field('sizes')!.split(' ').map(Number) as unknown as Vec3,
  };
}
