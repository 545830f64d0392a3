import fs from 'node:fs';
import { type Instance, type JsonDataset } from './model';
import { type Part10, identify, readPart10 } from './part10';
import { INSTANCE_ATTRIBUTES, SERIES_ATTRIBUTES, STUDY_ATTRIBUTES, TAG } from './tags';

/** Headers of single-frame images are smaller; what is larger is read whole. */
const HEADER_BYTES = 1 << 16;

/** Frames cannot be read out of it without inflating the whole file each time. */
const DEFLATED = '1.2.840.10008.1.2.1.99';

const KEPT = [...STUDY_ATTRIBUTES, ...SERIES_ATTRIBUTES, ...INSTANCE_ATTRIBUTES].map(
  (keyword) => TAG[keyword],
);

function readBytes(file: string, length: number): ArrayBuffer {
  const bytes = new Uint8Array(length);
  const handle = fs.openSync(file, 'r');
  try {
    for (let at = 0; at < length;) {
      const read = fs.readSync(handle, bytes, at, length - at, at);
      if (read === 0) throw new Error('the file became shorter while it was read');
      at += read;
    }
  } finally {
    fs.closeSync(handle);
  }
  return bytes.buffer;
}

function readHeader(file: string, size: number): Part10 {
  if (size > HEADER_BYTES) {
    try {
      const part10 = readPart10(readBytes(file, HEADER_BYTES));
      if (part10.pixels) return part10;
    } catch {
      // the header goes on behind the bytes that were read; the whole file tells what is wrong, if anything
    }
  }
  return readPart10(readBytes(file, size));
}

/**
 * Describes what a Part 10 file holds.
 * @param size of the file in bytes
 * @throws Error in a few words when an identifier is missing or the file ends within its pixel data
 */
export function describe(
  { transferSyntax, dataset, pixels }: Part10,
  file: string,
  size: number,
): Instance {
  if (transferSyntax === DEFLATED) throw new Error('its transfer syntax is deflated');
  const [study, series, sop, sopClass] = identify(dataset);
  const end = pixels ? pixels.offset + (pixels.encapsulated ? 0 : pixels.length) : 0;
  if (end > size) throw new Error('it ends within the pixel data');
  const attributes: JsonDataset = Object.fromEntries(
    KEPT.filter((tag) => tag in dataset).map((tag) => [tag, dataset[tag]]),
  );
  const metadata = JSON.stringify(dataset);
  return {
    file,
    study,
    series,
    sop,
    sopClass,
    transferSyntax,
    metadata,
    attributes,
    ...(pixels && { pixels }),
  };
}

/** Reads what a Part 10 file on disk holds, without its pixel data where that can be told. */
export function readInstance(file: string): Instance {
  const { size } = fs.statSync(file);
  return describe(readHeader(file, size), file, size);
}
