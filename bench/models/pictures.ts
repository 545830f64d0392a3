import zlib from 'node:zlib';
import type { Volume } from '@vessels/volume/volume';

/** Grey levels of a picture, rows from the top. */
export interface Picture {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

const GAP = 4;

/** Maximum along an axis, seen as the two others; values 0 … 255. */
function projection(values: Uint8Array, dims: readonly number[], axis: number): Picture {
  const [across, down] = [0, 1, 2].filter((a) => a !== axis);
  const [width, height] = [dims[across], dims[down]];
  const steps = [1, dims[0], dims[0] * dims[1]];
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      let most = 0;
      const start = x * steps[across] + y * steps[down];
      for (let d = 0; d < dims[axis]; d++) most = Math.max(most, values[start + d * steps[axis]]);
      data[x + width * y] = most;
    }
  return { data, width, height };
}

/** Projections of the image (above) and of the mask (below) along z, y and x. */
export function pictureOf({ data, geometry: { dims } }: Volume, mask: Uint8Array): Picture {
  const sorted = Float32Array.from(data).sort();
  const [low, high] = [0.3, 0.999].map((share) => sorted[Math.floor(share * (sorted.length - 1))]);
  const grey = Uint8Array.from(data, (v) =>
    Math.max(0, Math.min(255, (255 * (v - low)) / Math.max(1e-6, high - low))),
  );
  const white = mask.map((value) => 255 * value);
  const views = [2, 1, 0].map((axis) =>
    [grey, white].map((values) => projection(values, dims, axis)),
  );
  const width = views.reduce((sum, [top]) => sum + top.width + GAP, 0);
  const height = 2 * Math.max(...views.map(([top]) => top.height)) + GAP;
  const sheet = new Uint8Array(width * height).fill(90);
  let left = 0;
  for (const [top, bottom] of views) {
    paste(sheet, width, top, left, 0);
    paste(sheet, width, bottom, left, (height + GAP) / 2);
    left += top.width + GAP;
  }
  return { data: sheet, width, height };
}

function paste(sheet: Uint8Array, width: number, picture: Picture, left: number, top: number) {
  for (let y = 0; y < picture.height; y++)
    sheet.set(
      picture.data.subarray(y * picture.width, (y + 1) * picture.width),
      left + width * (top + y),
    );
}

/** A grey picture as a PNG file. */
export function png({ data, width, height }: Picture): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++)
    rows.set(data.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  const chunk = (type: string, content: Uint8Array) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), content]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(content.length, 0);
    frame.writeUInt32BE(zlib.crc32(body), 4);
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
  };
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', zlib.deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
