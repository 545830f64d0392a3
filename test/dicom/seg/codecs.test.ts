import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { packBits, unpackBits } from '@vessels/dicom/seg/bits';
import { decodeRle, encodeRle } from '@vessels/dicom/seg/rle';

const pixels = (text: string) => Uint8Array.from(text.replaceAll(/[^01]/g, ''), Number);

function pack(frames: readonly Uint8Array[]): Uint8Array {
  const size = frames[0]!.length;
  const packed = new Uint8Array(Math.ceil((frames.length * size) / 8));
  frames.forEach((frame, f) => packBits(packed, frame, () => f * size));
  return packed;
}

describe('bits', () => {
  test('run on from frame to frame, the lowest first', () => {
    // two frames of 3×3: byte 0 holds eight pixels of the first, byte 1 its ninth and seven of the second
    const frames = [pixels('110 000 001'), pixels('111 000 010')];
    expect([...pack(frames)]).toEqual([0b00000011, 0b00001111, 0b00000001]);
  });

  test('come back from any frame', () => {
    const frames = fc
      .tuple(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 1, max: 5 }))
      .chain(([size, count]) =>
        fc.array(fc.uint8Array({ minLength: size, maxLength: size, max: 1 }), {
          minLength: count,
          maxLength: count,
        }),
      );
    fc.assert(
      fc.property(frames, (all) => {
        const packed = pack(all);
        all.forEach((frame, f) =>
          expect([...unpackBits(packed, f * frame.length, frame.length)]).toEqual([...frame]),
        );
      }),
    );
  });
});

describe('RLE', () => {
  test('of two rows: a run, then a literal and a run', () => {
    const frame = encodeRle(Uint8Array.of(7, 7, 7, 7, 7, 1, 2, 0, 0, 0), 5);
    expect([...frame.subarray(0, 8)]).toEqual([1, 0, 0, 0, 64, 0, 0, 0]);
    // −4: five times 7 | 1: the two bytes 1, 2 | −2: three times 0 | even length
    expect([...frame.subarray(64)]).toEqual([252, 7, 1, 1, 2, 254, 0, 0]);
  });

  test('decodes to the same pixels, rows longer than a run included', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 300 }),
        fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 1, max: 200 }))),
        (columns, runs) => {
          const flat = runs.flatMap(([value, length]) => Array<number>(length).fill(value));
          const image = Uint8Array.from(flat.slice(0, flat.length - (flat.length % columns)));
          const frame = encodeRle(image, columns);
          expect(frame.length % 2).toBe(0);
          expect([...decodeRle(frame, image.length)[0]!]).toEqual([...image]);
        },
      ),
    );
  });

  test('a damaged frame is refused, never read past its end', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(500), (bytes, size) => {
        try {
          for (const segment of decodeRle(bytes, size)) expect(segment.length).toBe(size);
        } catch (error) {
          expect(error).toMatchObject({ name: 'InputError', code: 'seg.rle' });
        }
      }),
    );
    expect(() => decodeRle(encodeRle(new Uint8Array(50), 5).subarray(0, 70), 50)).toThrow(/early/);
  });
});

describe('RLE of 16 bits', () => {
  test('has the high bytes first, each part of even length', () => {
    const frame = encodeRle(Uint16Array.of(0x0102, 0x0102, 0x0102), 3);
    const words = [...new Uint32Array(frame.buffer, 0, 3)];
    expect(words).toEqual([2, 64, 66]);
    expect([...frame.subarray(64)]).toEqual([254, 1, 254, 2]);
  });

  test('decodes to the bytes of the pixels', () => {
    fc.assert(
      fc.property(fc.uint16Array({ minLength: 1, maxLength: 400 }), (pixels) => {
        const frame = encodeRle(pixels, pixels.length);
        const [high, low] = decodeRle(frame, pixels.length, 2);
        expect([...low!].map((byte, i) => byte + 256 * high![i]!)).toEqual([...pixels]);
      }),
    );
  });

  test('a frame of another depth is refused', () => {
    expect(() => decodeRle(encodeRle(Uint16Array.of(1), 1), 1)).toThrow(/2 segments .* 1 bytes/);
  });
});

test('bits of several values go to the frame of each, others are left out', () => {
  // two frames of 3 bits: value 2 begins at bit 0, value 7 at bit 3, value 5 has no frame
  const packed = new Uint8Array(1);
  const starts: Record<number, number> = { 2: 0, 7: 3 };
  packBits(packed, Uint16Array.of(2, 7, 5), (value) => starts[value] ?? -1);
  expect([...packed]).toEqual([0b00010001]);
});
