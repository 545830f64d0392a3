import { DicomError } from '../errors';
import { elementName, formatTag } from './dictionary';

/** A file that breaks the encoding rules at an element. @param what follows the element's name */
export const unreadable = (tag: number, rule: string, what: string): DicomError =>
  new DicomError({
    code: 'dicom.unreadable',
    tag: formatTag(tag),
    rule,
    what: `The file is no readable DICOM object: ${elementName(tag)} ${what}`,
    advice: 'it may be cut off or of another kind: choose another file',
  });

/** Little-endian bytes with a position that never leaves them: each claimed length is held against what is left. */
export class ByteReader {
  private readonly view: DataView;
  position: number;

  constructor(
    readonly bytes: Uint8Array,
    start = 0,
    /** Where the bytes that may be read end. */
    readonly end = bytes.length,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.position = start;
  }

  get left(): number {
    return this.end - this.position;
  }

  /** Refuse when fewer bytes are left than an element needs. @param tag the element */
  need(count: number, tag: number): void {
    if (count > this.left)
      throw unreadable(tag, 'PS3.5 7.1', `claims ${count} bytes where ${this.left} are left`);
  }

  uint16(): number {
    this.position += 2;
    return this.view.getUint16(this.position - 2, true);
  }

  uint32(): number {
    this.position += 4;
    return this.view.getUint32(this.position - 4, true);
  }

  tag(): number {
    return this.uint16() * 0x10000 + this.uint16();
  }

  /** The tag that follows, without going on; 0 at the end. */
  peekTag(): number {
    if (this.left < 4) return 0;
    const tag = this.tag();
    this.position -= 4;
    return tag;
  }

  /** The next bytes, not copied. */
  take(count: number): Uint8Array {
    this.position += count;
    return this.bytes.subarray(this.position - count, this.position);
  }
}
