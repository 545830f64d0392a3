import fs from 'node:fs/promises';
import { InputError } from '../volume/errors';
import type { Vec3 } from '../volume/geometry';
import type { Voxels } from '../volume/volume';
import type { SlabSource } from './slabs';

/** A file of plain voxels as slabs; Node alone. */
export interface SlabFile extends SlabSource {
  close(): Promise<void>;
}

/** Makes the arrays that a file's voxels are read into. */
export interface VoxelArray {
  new (buffer: ArrayBuffer): Voxels;
  readonly BYTES_PER_ELEMENT: number;
}

/**
 * Open a file of voxels without a header (or behind one), little endian, x fastest.
 *
 * @param dims [nx, ny, nz]
 * @param type such as Uint8Array
 * @param offset bytes before the first voxel
 * @throws InputError `file.length` where the file is too short for dims
 */
export async function openSlabFile(
  path: string,
  dims: Vec3,
  type: VoxelArray,
  offset = 0,
): Promise<SlabFile> {
  const file = await fs.open(path);
  const plane = dims[0] * dims[1] * type.BYTES_PER_ELEMENT;
  const { size } = await file.stat();
  if (size < offset + plane * dims[2]) {
    await file.close();
    throw new InputError(
      'file.length',
      `${path} has ${size} bytes where ${dims.join('×')} voxels need ${offset + plane * dims[2]}; check the dims and the type of the voxels.`,
    );
  }
  return {
    dims,
    async read(from, to) {
      const buffer = new ArrayBuffer((to - from) * plane);
      const bytes = new Uint8Array(buffer);
      for (let at = 0; at < bytes.length;) {
        const { bytesRead } = await file.read(
          bytes,
          at,
          bytes.length - at,
          offset + from * plane + at,
        );
        if (bytesRead === 0) throw new Error(`${path} became shorter while it was read`);
        at += bytesRead;
      }
      return new type(buffer);
    },
    close: () => file.close(),
  };
}
