import { inflateSync } from 'node:zlib';

/** Samples of a PNG image: rows from the top, `channels` bytes a pixel. */
export interface PngImage {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
}

/** Channels of each colour type: grey, RGB, grey and alpha, RGBA. */
const CHANNELS: Readonly<Record<number, number>> = Object.freeze({ 0: 1, 2: 3, 4: 2, 6: 4 });

/** Read a PNG file of 8 bits a sample, not interlaced, without a palette. */
export function readPng(file: Buffer): PngImage {
  const [width, height] = [file.readUInt32BE(16), file.readUInt32BE(20)];
  const channels = CHANNELS[file[25]];
  if (file[24] !== 8 || channels === undefined || file[28] !== 0)
    throw new Error('PNG of another kind than 8 bits a sample, not interlaced, without a palette');
  const parts: Buffer[] = [];
  for (let at = 8; at < file.length; at += 12 + file.readUInt32BE(at))
    if (file.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(file.subarray(at + 8, at + 8 + file.readUInt32BE(at)));
  const raw = inflateSync(Buffer.concat(parts));
  const line = width * channels;
  const data = new Uint8Array(line * height);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (line + 1)];
    for (let x = 0; x < line; x++) {
      const at = y * line + x;
      const left = x >= channels ? data[at - channels] : 0;
      const up = y > 0 ? data[at - line] : 0;
      const corner = x >= channels && y > 0 ? data[at - line - channels] : 0;
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter];
      data[at] = raw[y * (line + 1) + 1 + x] + guess;
    }
  }
  return { data, width, height, channels };
}

/** Of left, up and corner the one nearest to left + up − corner (PNG specification, filter type 4). */
function paeth(left: number, up: number, corner: number): number {
  const [a, b, c] = [
    Math.abs(up - corner),
    Math.abs(left - corner),
    Math.abs(left + up - 2 * corner),
  ];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}
