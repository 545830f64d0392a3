import { describe, expect, test } from '@jest/globals';
import { identify, readPart10 } from '../../../viewer/dicomweb/part10';
import { IMPLICIT, RLE, part10 } from '../helpers/dicom';

const read = (file: Buffer) => readPart10(new Uint8Array(file).buffer);

describe('readPart10', () => {
  test('values of the DICOM JSON model', () => {
    const { dataset } = read(
      part10({
        PatientName: 'Sample^Vessels',
        PixelSpacing: [0.5, 0.25],
        ImageType: ['ORIGINAL', 'PRIMARY'],
        AccessionNumber: '',
        ImageComments: 'a\\b',
        FrameIncrementPointer: 0x00181063,
        ReferencedStudySequence: [{ ReferencedSOPInstanceUID: '1.2.9' }],
      }),
    );
    expect(dataset['00100010']).toEqual({ vr: 'PN', Value: [{ Alphabetic: 'Sample^Vessels' }] });
    expect(dataset['00280030']).toEqual({ vr: 'DS', Value: [0.5, 0.25] });
    expect(dataset['00080008']).toEqual({ vr: 'CS', Value: ['ORIGINAL', 'PRIMARY'] });
    expect(dataset['00080050']).toEqual({ vr: 'SH' });
    expect(dataset['00204000']).toEqual({ vr: 'LT', Value: ['a\\b'] });
    expect(dataset['00280009']).toEqual({ vr: 'AT', Value: ['00181063'] });
    expect(dataset['00081110']).toEqual({
      vr: 'SQ',
      Value: [{ '00081155': { vr: 'UI', Value: ['1.2.9'] } }],
    });
  });

  test('bytes are in base64', () => {
    const elements = { '00091010': { vr: 'OB', Value: [Uint8Array.of(1, 2, 254, 255).buffer] } };
    const { dataset } = read(part10({}, { elements }));
    expect(dataset['00091010']).toEqual({ vr: 'OB', InlineBinary: 'AQL+/w==' });
  });

  test('pixel data is found and left out', () => {
    const file = part10({}, { pixels: [Uint8Array.of(9, 8, 7, 6)] });
    const { dataset, pixels } = read(file);
    expect(dataset['7FE00010']).toBeUndefined();
    expect(pixels).toEqual({ offset: file.length - 4, length: 4, encapsulated: false });
  });

  test('the beginning of a file is enough when it reaches the pixel data', () => {
    const file = part10({}, { pixels: [new Uint8Array(5000)] });
    const whole = read(file);
    expect(read(file.subarray(0, file.length - 4900))).toEqual(whole);
  });

  test('without pixel data there is no location', () => {
    expect(read(part10({ Rows: undefined }, { pixels: [] })).pixels).toBeUndefined();
  });

  test('encapsulated pixel data is told apart', () => {
    const file = part10({}, { transferSyntax: RLE, pixels: [Uint8Array.of(1, 2)] });
    expect(read(file).pixels?.encapsulated).toBe(true);
    expect(read(file).transferSyntax).toBe(RLE);
  });

  test.each([
    [0, { vr: 'US', Value: [63536] }],
    [1, { vr: 'SS', Value: [-2000] }],
  ])('implicit "US or SS" with pixel representation %d', (PixelRepresentation, expected) => {
    const elements = { '00280120': { vr: 'US', Value: [63536] } };
    const file = part10({ PixelRepresentation }, { transferSyntax: IMPLICIT, elements });
    expect(read(file).dataset['00280120']).toEqual(expected);
  });

  test('what is no Part 10 file is refused', () => {
    expect(() => read(Buffer.alloc(400))).toThrow();
    expect(() => read(Buffer.from('hello'))).toThrow();
  });
});

describe('identify', () => {
  test('study, series, instance, class', () => {
    expect(identify(read(part10()).dataset)).toEqual([
      '1.2.3.1',
      '1.2.3.1.1',
      '1.2.3.1.1.1',
      '1.2.840.10008.5.1.4.1.1.4',
    ]);
  });

  test.each(['StudyInstanceUID', 'SeriesInstanceUID', 'SOPInstanceUID'])(
    'without %s it says so',
    (keyword) => {
      const { dataset } = read(part10({ [keyword]: '' }));
      expect(() => identify(dataset)).toThrow(`${keyword} is missing`);
    },
  );

  test('a UID that would leave its folder is none', () => {
    const { dataset } = read(part10({ StudyInstanceUID: '../../etc' }));
    expect(() => identify(dataset)).toThrow('StudyInstanceUID is missing or no UID');
  });
});
