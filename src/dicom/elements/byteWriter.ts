const FIRST_SIZE = 4096;

/** Little-endian bytes that grow as they are written. */
export class ByteWriter {
  private buffer = new Uint8Array(FIRST_SIZE);
  private view = new DataView(this.buffer.buffer);
  length = 0;

  private grow(count: number): void {
    const needed = this.length + count;
    if (needed <= this.buffer.length) return;
    const grown = new Uint8Array(Math.max(needed, 2 * this.buffer.length));
    grown.set(this.buffer.subarray(0, this.length));
    this.buffer = grown;
    this.view = new DataView(grown.buffer);
  }

  uint16(value: number): void {
    this.grow(2);
    this.view.setUint16(this.length, value, true);
    this.length += 2;
  }

  uint32(value: number): void {
    this.grow(4);
    this.view.setUint32(this.length, value, true);
    this.length += 4;
  }

  tag(tag: number): void {
    this.uint16(tag >>> 16);
    this.uint16(tag & 0xffff);
  }

  put(bytes: Uint8Array): void {
    this.grow(bytes.length);
    this.buffer.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** Put a 32-bit number where one was left open. */
  patch32(at: number, value: number): void {
    this.view.setUint32(at, value, true);
  }

  /** What was written; valid until more is. */
  get bytes(): Uint8Array {
    return this.buffer.subarray(0, this.length);
  }
}
