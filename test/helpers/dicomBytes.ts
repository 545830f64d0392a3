/** DICOM written byte by byte, for what our own writer never writes. */

const LONG = /^(O[A-Z]|SQ|SV|U[CNRTV])$/;

/** The length of a sequence, an item or pixel data that end with a delimiter. */
export const OPEN = 0xffffffff;

const tagBytes = (tag: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt16LE(tag >>> 16, 0);
  bytes.writeUInt16LE(tag & 0xffff, 2);
  return bytes;
};

const uint32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};

const uint16 = (value: number) => uint32(value).subarray(0, 2);

const joined = (value: Buffer | string | readonly Buffer[]) =>
  typeof value === 'string'
    ? Buffer.from(value, 'latin1')
    : Buffer.isBuffer(value)
      ? value
      : Buffer.concat(value);

/** An element of explicit little endian. @param length as claimed; the true one unless given */
export function element(
  tag: number,
  vr: string,
  value: Buffer | string | readonly Buffer[],
  length?: number,
): Buffer {
  const body = joined(value);
  const claimed = length ?? body.length;
  const head = LONG.test(vr) ? [uint16(0), uint32(claimed)] : [uint16(claimed)];
  return Buffer.concat([tagBytes(tag), Buffer.from(vr, 'latin1'), ...head, body]);
}

/** An element of implicit little endian, an item or a delimiter. */
export function implicit(
  tag: number,
  value: Buffer | string | readonly Buffer[] = '',
  length?: number,
): Buffer {
  const body = joined(value);
  return Buffer.concat([tagBytes(tag), uint32(length ?? body.length), body]);
}

export const item = (value: readonly Buffer[] | Buffer = [], length?: number) =>
  implicit(0xfffee000, value, length);
export const itemEnd = implicit(0xfffee00d);
export const sequenceEnd = implicit(0xfffee0dd);

/** A file of elements as they are given. */
export function file(transferSyntaxUID: string, ...dataset: Buffer[]): ArrayBuffer {
  const uid = transferSyntaxUID + (transferSyntaxUID.length % 2 ? '\0' : '');
  const bytes = Buffer.concat([
    Buffer.alloc(128),
    Buffer.from('DICM'),
    element(0x00020010, 'UI', uid),
    ...dataset,
  ]);
  return new Uint8Array(bytes).buffer;
}
