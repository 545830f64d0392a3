import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { formatDecimal } from '@vessels/dicom/decimal';
import { decodePart10, encodePart10 } from '@vessels/dicom/part10';
import { SOP_CLASS, TRANSFER_SYNTAX } from '@vessels/dicom/syntaxes';
import { newUid, uidFromSeed } from '@vessels/dicom/uid';

const IDENTITY = { SOPClassUID: SOP_CLASS.mrImage, SOPInstanceUID: '1.2.3' };

test('a data set comes back as it was', () => {
  const bytes = encodePart10({
    ...IDENTITY,
    PatientName: 'Größe^Zoë',
    PatientBirthDate: null,
    ImagePositionPatient: [-12.5, 1e-9, 100],
    Rows: 7,
    PixelRepresentation: 1,
    BitsAllocated: 16,
    PixelPaddingValue: -1,
    ReferencedSeriesSequence: [{ SeriesInstanceUID: '1.2.4' }, { SeriesInstanceUID: '1.2.5' }],
    '00091001': 'private',
    PixelData: Int16Array.of(1, -2).buffer,
  });
  const { dataset, transferSyntaxUID, pixelData } = decodePart10(bytes);

  expect(transferSyntaxUID).toBe(TRANSFER_SYNTAX.explicitLittleEndian);
  expect(dataset).toMatchObject({
    ...IDENTITY,
    SpecificCharacterSet: 'ISO_IR 192',
    PatientName: [{ Alphabetic: 'Größe^Zoë' }],
    ImagePositionPatient: [-12.5, 1e-9, 100],
    Rows: 7,
    PixelPaddingValue: -1,
    ReferencedSeriesSequence: [{ SeriesInstanceUID: '1.2.4' }, { SeriesInstanceUID: '1.2.5' }],
  });
  expect(Object.keys(dataset)).not.toContain('00091001');
  expect([...new Int16Array(pixelData![0]!)]).toEqual([1, -2]);
});

test('an element that claims more bytes than the file has is refused', () => {
  const bytes = encodePart10({
    ...IDENTITY,
    DimensionIndexSequence: [{ DimensionIndexPointer: 1 }],
  });
  // Dimension Index Pointer (0020,9165), VR AT: its length of 4 becomes 64 kB
  const at = Buffer.from(bytes).indexOf(Buffer.of(0x20, 0, 0x65, 0x91));
  new DataView(bytes).setUint16(at + 6, 0xfffc, true);
  expect(() => decodePart10(bytes)).toThrow(/no readable DICOM object/);
});

test('frames of an encapsulated object stay one fragment each', () => {
  const frames = [3, 40_000, 5].map((length, i) => new Uint8Array(length).fill(i + 1).buffer);
  const bytes = encodePart10({ ...IDENTITY, PixelData: frames }, TRANSFER_SYNTAX.rleLossless);

  expect(decodePart10(bytes).pixelData!.map((frame) => frame.byteLength)).toEqual([4, 40_000, 6]);
});

test('what is no DICOM file is refused in one sentence', () => {
  for (const bytes of [
    new ArrayBuffer(0),
    new ArrayBuffer(5000),
    encodePart10(IDENTITY).slice(0, 200),
  ])
    expect(() => decodePart10(bytes)).toThrow(
      expect.objectContaining({ code: 'dicom.unreadable' }) as unknown as Error,
    );
});

test('a keyword that DICOM does not have is a mistake of the caller', () => {
  expect(() => encodePart10({ ...IDENTITY, PatientNam: 'x' })).toThrow(/PatientNam/);
});

test('a decimal string has at most 16 characters and loses less than a part in 10^9', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, min: -1e200, max: 1e200 }), (value) => {
      const text = formatDecimal(value);
      expect(text.length).toBeLessThanOrEqual(16);
      expect(Math.abs(Number(text) - value)).toBeLessThanOrEqual(1e-8 * Math.abs(value));
    }),
  );
  expect(formatDecimal(0.29761904478073)).toBe('0.29761904478073');
  expect(formatDecimal(-0.12345678901234e-6)).toBe('-1.2345678901e-7');
});

test('UIDs are valid, new each time, and repeat for a seed', () => {
  const uids = [newUid(), newUid(), uidFromSeed('a'), uidFromSeed('b'), uidFromSeed('a')];
  for (const uid of uids) expect(uid).toMatch(/^2\.25\.(0|[1-9]\d{0,38})$/);
  expect(new Set(uids).size).toBe(4);
  expect(uidFromSeed('a')).toBe(uids[4]);
});
