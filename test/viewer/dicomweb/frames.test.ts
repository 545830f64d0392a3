import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readInstance } from '../../../viewer/dicomweb/file';
import { frameCount, frameFormat, readFrame, takeBits } from '../../../viewer/dicomweb/frames';
import { EXPLICIT, IMPLICIT, RLE, type FileOptions, part10 } from '../helpers/dicom';
import { temporaryFolders } from '../helpers/folder';

const folder = temporaryFolders();

function instance(attributes: Record<string, unknown>, options: FileOptions) {
  const file = path.join(folder(), 'a.dcm');
  fs.writeFileSync(file, part10(attributes, options));
  return readInstance(file);
}

const bytes = async (frame: Promise<Buffer>) => [...(await frame)];

describe('takeBits', () => {
  test('lowest bit first, the rest of the last byte empty', () => {
    //             bits 0…7    8…15, written from the right
    const packed = Uint8Array.of(0b1010_0110, 0b0000_1111);
    expect([...takeBits(packed, 0, 8)]).toEqual([0b1010_0110]);
    expect([...takeBits(packed, 5, 5)]).toEqual([0b0001_1101]);
    expect([...takeBits(packed, 12, 4)]).toEqual([0]);
  });

  test('each bit is the one that was asked for', () => {
    const bit = (array: Uint8Array, at: number) => (array[at >> 3] >> (at & 7)) & 1;
    const cases = fc
      .uint8Array({ minLength: 1, maxLength: 20 })
      .chain((packed) =>
        fc
          .nat(packed.length * 8 - 1)
          .chain((first) =>
            fc.tuple(fc.constant(packed), fc.constant(first), fc.nat(packed.length * 8 - first)),
          ),
      );
    fc.assert(
      fc.property(cases, ([packed, first, count]) => {
        const taken = takeBits(packed, first, count);
        expect(taken).toHaveLength(Math.ceil(count / 8));
        for (let i = 0; i < taken.length * 8; i += 1)
          expect(bit(taken, i)).toBe(i < count ? bit(packed, first + i) : 0);
      }),
    );
  });
});

describe('readFrame', () => {
  test('native frames follow each other', async () => {
    const pixels = [Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8)];
    const image = instance({ NumberOfFrames: 2 }, { pixels, transferSyntax: IMPLICIT });
    expect(frameCount(image)).toBe(2);
    expect(await bytes(readFrame(image, 1))).toEqual([1, 2, 3, 4]);
    expect(await bytes(readFrame(image, 2))).toEqual([5, 6, 7, 8]);
    expect(frameFormat(image)).toEqual({
      type: 'application/octet-stream',
      transferSyntax: EXPLICIT,
    });
  });

  test('frames of one bit per pixel begin within a byte', async () => {
    // 3 × 3 pixels: frame 1 all set, frame 2 only its centre, frame 3 only its last pixel
    const bits = ['111111111', '000010000', '000000001'].join('').padEnd(32, '0');
    const packed = Uint8Array.from({ length: 4 }, (_, i) =>
      parseInt([...bits.slice(i * 8, i * 8 + 8)].reverse().join(''), 2),
    );
    const attributes = { Rows: 3, Columns: 3, BitsAllocated: 1, BitsStored: 1, HighBit: 0 };
    const image = instance({ ...attributes, NumberOfFrames: 3 }, { pixels: [packed] });
    expect(await bytes(readFrame(image, 1))).toEqual([0b1111_1111, 1]);
    expect(await bytes(readFrame(image, 2))).toEqual([0b0001_0000, 0]);
    expect(await bytes(readFrame(image, 3))).toEqual([0, 1]);
  });

  test('a frame of an odd number of bytes comes without the padding', async () => {
    const image = instance({ Rows: 1, Columns: 3 }, { pixels: [Uint8Array.of(1, 2, 3, 0)] });
    expect(await bytes(readFrame(image, 1))).toEqual([1, 2, 3]);
  });

  test('encapsulated frames come as they are stored', async () => {
    const pixels = [Uint8Array.of(1, 2), Uint8Array.of(3, 4, 5, 6)];
    const image = instance({ NumberOfFrames: 2 }, { pixels, transferSyntax: RLE });
    expect(await bytes(readFrame(image, 1))).toEqual([1, 2]);
    expect(await bytes(readFrame(image, 2))).toEqual([3, 4, 5, 6]);
    expect(frameFormat(image)).toEqual({ type: 'image/dicom-rle', transferSyntax: RLE });
  });

  test('fragments without an offset table: one frame takes them all, more cannot be told apart', async () => {
    const fragments = [0xfe, 0xff, 0x00, 0xe0, 2, 0, 0, 0];
    const encapsulated = [
      ...[0xfe, 0xff, 0x00, 0xe0, 0, 0, 0, 0],
      ...[...fragments, 1, 2, ...fragments, 3, 4, ...fragments, 5, 6],
      ...[0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0],
    ];
    const rewritten = (frames: number) => {
      const image = instance(
        { NumberOfFrames: frames },
        { pixels: [Uint8Array.of(0, 0)], transferSyntax: RLE },
      );
      const head = fs.readFileSync(image.file).subarray(0, image.pixels?.offset);
      fs.writeFileSync(image.file, Buffer.concat([head, Buffer.from(encapsulated)]));
      return readInstance(image.file);
    };
    expect(await bytes(readFrame(rewritten(1), 1))).toEqual([1, 2, 3, 4, 5, 6]);
    expect(await bytes(readFrame(rewritten(3), 2))).toEqual([3, 4]);
    await expect(readFrame(rewritten(2), 1)).rejects.toThrow('cannot be told apart');
  });

  test('an object without pixel data has no frames', () => {
    expect(frameCount(instance({ Rows: undefined }, { pixels: [] }))).toBe(0);
  });
});
