import fs from 'node:fs';
import path from 'node:path';
import type { Vec3 } from '@vessels/volume/geometry';
import { type Geometry, worldToIndex } from '@vessels/volume/geometry';
import { must } from './command';

/** Values of an element in all frames, as dcmdump prints them. */
function dumped(file: string, tag: string): string[] {
  return [
    ...must('dcmdump', ['-q', '+L', '+P', tag, file]).matchAll(/ (?:DS \[(.*)\]|US (\d+)) +#/g),
  ].map(([, text, number]) => text ?? number!);
}

/** Pixels of a binary PGM. */
function readPgm(file: string): Uint8Array {
  const bytes = fs.readFileSync(file);
  const header = /^P5\s+\d+\s+\d+\s+\d+\s/.exec(bytes.toString('latin1', 0, 64))!;
  return bytes.subarray(header[0].length);
}

/**
 * The voxels of a SEG as DCMTK decodes and places them: dcm2pnm for the pixels, dcmdump for position and segment.
 *
 * @param folder for the frames
 */
export function decodeWithDcmtk(file: string, geometry: Geometry, folder: string): Uint8Array {
  fs.mkdirSync(folder, { recursive: true });
  must('dcm2pnm', ['-q', '-W', '+Fa', '+op', file, path.join(folder, 'frame')]);
  const positions = dumped(file, '0020,0032');
  const segments = dumped(file, '0062,000b');
  const [nx, ny, nz] = geometry.dims;
  const labelmap = new Uint8Array(nx * ny * nz);
  positions.forEach((position, f) => {
    const world = position.split('\\').map(Number) as unknown as Vec3;
    const start = Math.round(worldToIndex(geometry, world)[2]) * nx * ny;
    readPgm(path.join(folder, `frame.${f}.pgm`)).forEach((pixel, i) => {
      if (pixel > 0) labelmap[start + i] = segments.length > 0 ? Number(segments[f]) : pixel;
    });
  });
  return labelmap;
}
