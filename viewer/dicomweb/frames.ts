import fs from 'node:fs';
import dicomParser from 'dicom-parser';
import { type Instance, numberOf, textOf } from './model';
import { TAG } from './tags';

/** Media types of encapsulated frames by transfer syntax (PS3.18 table 8.7.3-5); as they are stored. */
const MEDIA_TYPES: Readonly<Record<string, string>> = Object.freeze({
  '1.2.840.10008.1.2.4.50': 'image/jpeg',
  '1.2.840.10008.1.2.4.51': 'image/jpeg',
  '1.2.840.10008.1.2.4.57': 'image/jpeg',
  '1.2.840.10008.1.2.4.70': 'image/jpeg',
  '1.2.840.10008.1.2.4.80': 'image/jls',
  '1.2.840.10008.1.2.4.81': 'image/jls',
  '1.2.840.10008.1.2.4.90': 'image/jp2',
  '1.2.840.10008.1.2.4.91': 'image/jp2',
  '1.2.840.10008.1.2.4.201': 'image/jphc',
  '1.2.840.10008.1.2.4.202': 'image/jphc',
  '1.2.840.10008.1.2.4.203': 'image/jphc',
  '1.2.840.10008.1.2.5': 'image/dicom-rle',
});

const EXPLICIT_LITTLE_ENDIAN = '1.2.840.10008.1.2.1';
const IMPLICIT_LITTLE_ENDIAN = '1.2.840.10008.1.2';

/** How the frames of an instance are sent. */
export interface FrameFormat {
  readonly type: string;
  readonly transferSyntax: string;
}

/** @returns the media type and the transfer syntax in which the frames are stored */
export function frameFormat({ pixels, transferSyntax }: Instance): FrameFormat {
  if (pixels?.encapsulated)
    return { type: MEDIA_TYPES[transferSyntax] ?? 'application/octet-stream', transferSyntax };
  // only the headers differ
  const native =
    transferSyntax === IMPLICIT_LITTLE_ENDIAN ? EXPLICIT_LITTLE_ENDIAN : transferSyntax;
  return { type: 'application/octet-stream', transferSyntax: native };
}

/** @returns how many frames the instance has; 0 without pixel data */
export const frameCount = ({ pixels, attributes }: Instance): number =>
  pixels ? numberOf(attributes, TAG.NumberOfFrames, 1) : 0;

function bitsOfFrame({ attributes }: Instance): number {
  const sizes = [TAG.Rows, TAG.Columns, TAG.BitsAllocated].map((tag) => numberOf(attributes, tag));
  const samples = numberOf(attributes, TAG.SamplesPerPixel, 1);
  // two pixels share their chrominance
  const shared = textOf(attributes, TAG.PhotometricInterpretation) === 'YBR_FULL_422' ? 2 / 3 : 1;
  return sizes.reduce((product, size) => product * size, samples * shared);
}

/**
 * Takes bits out of bytes, lowest bit first (PS3.5 8.1.1), into whole bytes: frames of one bit per pixel follow
 * each other without padding and may begin within a byte.
 */
export function takeBits(bytes: Uint8Array, first: number, count: number): Buffer {
  const taken = Buffer.alloc(Math.ceil(count / 8));
  const shift = first % 8;
  const start = (first - shift) / 8;
  for (let i = 0; i < taken.length; i += 1)
    taken[i] = (bytes[start + i] >> shift) | ((bytes[start + i + 1] ?? 0) << (8 - shift));
  const rest = count % 8;
  if (rest) taken[taken.length - 1] &= (1 << rest) - 1;
  return taken;
}

async function readRange(file: string, offset: number, length: number): Promise<Buffer> {
  const handle = await fs.promises.open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, offset);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

async function nativeFrame(instance: Instance, offset: number, frame: number): Promise<Buffer> {
  const bits = bitsOfFrame(instance);
  const first = (frame - 1) * bits;
  const start = Math.floor(first / 8);
  const bytes = await readRange(
    instance.file,
    offset + start,
    Math.ceil((first + bits) / 8) - start,
  );
  return bits % 8 === 0 && first % 8 === 0 ? bytes : takeBits(bytes, first - start * 8, bits);
}

/** Fragments of frames of the file read last: viewers ask for one frame after the other. */
let last: { readonly file: string; readonly frames: Promise<readonly Buffer[]> } | undefined;

async function readEncapsulated(instance: Instance): Promise<readonly Buffer[]> {
  const bytes = await fs.promises.readFile(instance.file);
  const element = dicomParser.parseDicom(bytes).elements['x7fe00010'];
  const count = frameCount(instance);
  const fragments = element.fragments ?? [];
  const offsets = element.basicOffsetTable?.length ? element.basicOffsetTable : undefined;
  const starts = offsets ?? (count === 1 ? [0] : fragments.map(({ offset }) => offset));
  if (starts.length !== count)
    throw new Error('the frames cannot be told apart: the file has no offset table');
  return starts.map((start, index) =>
    Buffer.concat(
      fragments
        .filter(({ offset }) => offset >= start && offset < (starts[index + 1] ?? Infinity))
        .map(({ position, length }) => bytes.subarray(position, position + length)),
    ),
  );
}

function encapsulatedFrames(instance: Instance): Promise<readonly Buffer[]> {
  if (last?.file !== instance.file) {
    const frames = readEncapsulated(instance);
    frames.catch(() => (last = undefined));
    last = { file: instance.file, frames };
  }
  return last.frames;
}

/**
 * Reads one frame as it is stored. Native frames that do not begin at a byte are shifted to one.
 * @param frame from 1
 * @throws Error when the file has changed, or its fragments cannot be assigned to frames
 */
export async function readFrame(instance: Instance, frame: number): Promise<Buffer> {
  if (!instance.pixels) throw new Error('the instance has no pixel data');
  if (instance.pixels.encapsulated) return (await encapsulatedFrames(instance))[frame - 1];
  return nativeFrame(instance, instance.pixels.offset, frame);
}
