import zlib from 'node:zlib';

const NUMBERS: Readonly<Record<string, (bytes: ArrayBuffer) => Float64Array>> = {
  Float64: (bytes) => new Float64Array(bytes),
  Float32: (bytes) => Float64Array.from(new Float32Array(bytes)),
  Int64: (bytes) => Float64Array.from(new BigInt64Array(bytes), Number),
};

/**
 * Read a named array of a VTK XML PolyData file (inline base64, zlib blocks, 32-bit header, little endian).
 * Of several with one name, the first that is not empty.
 */
export function readVtpArray(file: Buffer, name: string): Float64Array {
  const pattern = new RegExp(
    `<DataArray type="(\\w+)" Name="${name}"[^>]*>\\s*([A-Za-z0-9+/=]+)`,
    'g',
  );
  for (const [, type, text] of file.toString('latin1').matchAll(pattern)) {
    const bytes = inflateBlocks(text);
    if (bytes.byteLength > 0) return NUMBERS[type](bytes);
  }
  throw new Error(`no array ${name} in the .vtp file`);
}

/** Header and body are encoded one after the other: block count, block size, last size, then each block's size. */
function inflateBlocks(text: string): ArrayBuffer {
  const count = Buffer.from(text.slice(0, 8), 'base64').readUInt32LE(0);
  const headerChars = Math.ceil((4 * (3 + count)) / 3) * 4;
  const header = Buffer.from(text.slice(0, headerChars), 'base64');
  const body = Buffer.from(text.slice(headerChars), 'base64');
  let at = 0;
  const blocks = Array.from({ length: count }, (_, block) => {
    const size = header.readUInt32LE(12 + 4 * block);
    at += size;
    return zlib.inflateSync(body.subarray(at - size, at));
  });
  return new Uint8Array(Buffer.concat(blocks)).buffer;
}
