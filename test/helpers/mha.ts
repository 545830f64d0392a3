import zlib from 'node:zlib';
import type { Vec3 } from '@vessels/volume/geometry';
import type { Volume, Voxels } from '@vessels/volume/volume';

const TYPES: Readonly<Record<string, new (buffer: ArrayBuffer) => Voxels>> = {
  MET_CHAR: Int8Array,
  MET_UCHAR: Uint8Array,
  MET_SHORT: Int16Array,
  MET_USHORT: Uint16Array,
  MET_INT: Int32Array,
  MET_FLOAT: Float32Array,
};

/**
 * Read a MetaImage (.mha): three dimensions, little endian, data in the file, zlib-compressed or not. World
 * coordinates are LPS as in ITK; the rows of TransformMatrix are the directions of the index axes.
 */
export function readMha(file: Buffer): Volume {
  const marker = /ElementDataFile = LOCAL\r?\n/.exec(file.toString('latin1', 0, 4096));
  if (!marker) throw new Error('no MetaImage with local data');
  const start = marker.index + marker[0].length;
  const header = new Map(
    file
      .toString('latin1', 0, start)
      .split(/\r?\n/)
      .map((line) => line.split(' = ') as [string, string]),
  );
  const numbers = (key: string) => header.get(key)!.trim().split(/\s+/).map(Number);
  const vec3 = (key: string) => numbers(key) as unknown as Vec3;
  if (header.get('BinaryDataByteOrderMSB') === 'True') throw new Error('big-endian MetaImage');
  const Type = TYPES[header.get('ElementType')!.trim()];
  if (!Type) throw new Error(`MetaImage of ${header.get('ElementType')}`);

  const stored = file.subarray(start);
  const bytes = header.get('CompressedData') === 'True' ? zlib.inflateSync(stored) : stored;
  return {
    data: new Type(new Uint8Array(bytes).buffer),
    geometry: {
      dims: vec3('DimSize'),
      spacing: vec3('ElementSpacing'),
      origin: vec3('Offset'),
      direction: numbers('TransformMatrix'),
    },
  };
}
