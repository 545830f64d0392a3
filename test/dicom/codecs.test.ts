import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { packFrames, unpackBits } from '@vessels/dicom/seg/bits';
import { decodeRle, encodeRle } from '@vessels/dicom/seg/rle';

const pixels = (text: string) => Uint8Array.from(text.replaceAll(/[^01]/g, ''), Number);

const pack = (frames: readonly Uint8Array[]) =>
  packFrames(
    frames.map((frame) => ({ pixels: frame, value: 1 })),
    frames[0]!.length,
  );

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
