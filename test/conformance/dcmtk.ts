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

/** Pixels of a PGM, binary or of ASCII. */
function readPgm(file: string): ArrayLike<number> {
  const bytes = fs.readFileSync(file);
  const header = /^P([25])\s+\d+\s+\d+\s+\d+\s/.exec(bytes.toString('latin1', 0, 64))!;
  const pixels = bytes.subarray(header[0].length);
  return header[1] === '5' ? pixels : pixels.toString('latin1').trim().split(/\s+/).map(Number);
}

/**
 * The voxels of a SEG as DCMTK decodes and places them: dcm2pnm for the pixels, dcmdump for position and segment.
 *
 * @param folder for the frames
 */
export function decodeWithDcmtk(file: string, geometry: Geometry, folder: string): Uint8Array {
  fs.mkdirSync(folder, { recursive: true });
  // 8 bits are binary, 16 come as ASCII alone
  const form = dumped(file, '0028,0100')[0] === '16' ? '+opw' : '+op';
  must('dcm2pnm', ['-q', '-W', '+Fa', form, file, path.join(folder, 'frame')]);
  const positions = dumped(file, '0020,0032');
  const segments = dumped(file, '0062,000b');
  const [nx, ny, nz] = geometry.dims;
  const labelmap = new Uint8Array(nx * ny * nz);
  positions.forEach((position, f) => {
    const world = position.split('\\').map(Number) as unknown as Vec3;
    const start = Math.round(worldToIndex(geometry, world)[2]) * nx * ny;
    const pixels = readPgm(path.join(folder, `frame.${f}.pgm`));
    for (let i = 0; i < pixels.length; i++)
      if (pixels[i]! > 0)
        labelmap[start + i] = segments.length > 0 ? Number(segments[f]) : pixels[i]!;
  });
  return labelmap;
}
