import { describe, expect, test } from '@jest/globals';
import { deflateSync } from 'fflate';
import { inflateRaw } from '@vessels/dicom/elements/inflate';
import { DicomError } from '@vessels/dicom/errors';
import { decodePart10, viewPart10 } from '@vessels/dicom/part10';
import { TRANSFER_SYNTAX } from '@vessels/dicom/syntaxes';
import {
  element,
  file,
  implicit,
  item,
  itemEnd,
  OPEN,
  sequenceEnd,
} from '../../helpers/dicomBytes';

const EXPLICIT = TRANSFER_SYNTAX.explicitLittleEndian;
const ROWS = 0x00280010;
const REFERENCED_SERIES = 0x00081115;
const SERIES_UID = 0x0020000e;
const PRIVATE = 0x00091001;
const read = (...elements: Buffer[]) => decodePart10(file(EXPLICIT, ...elements)).dataset;
const rows = element(ROWS, 'US', Buffer.of(7, 0));

function refusal(run: () => unknown): DicomError {
  try {
    run();
  } catch (error) {
    if (error instanceof DicomError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('sequences', () => {
  const uid = (value: string) => element(SERIES_UID, 'UI', value);
  const expected = { ReferencedSeriesSequence: [{ SeriesInstanceUID: '1.2' }, {}], Rows: 7 };

  test('with lengths', () => {
    const items = [item([uid('1.2\0')]), item()];
    expect(read(element(REFERENCED_SERIES, 'SQ', items), rows)).toEqual(expected);
  });

  test('with delimiters', () => {
    const items = [item([uid('1.2\0'), itemEnd], OPEN), item(itemEnd, OPEN), sequenceEnd];
    expect(read(element(REFERENCED_SERIES, 'SQ', items, OPEN), rows)).toEqual(expected);
  });

  test('written as unknown, which makes them implicit', () => {
    const items = [item([implicit(SERIES_UID, '1.2\0')]), item()];
    expect(read(element(REFERENCED_SERIES, 'UN', items), rows)).toEqual(expected);
    expect(read(element(REFERENCED_SERIES, 'UN', [...items, sequenceEnd], OPEN), rows)).toEqual(
      expected,
    );
  });

  test('of private elements are passed over, whatever is in them', () => {
    const inner = element(
      0x00091002,
      'SQ',
      [item([uid('1.2\0'), itemEnd], OPEN), sequenceEnd],
      OPEN,
    );
    const outer = element(PRIVATE, 'SQ', [item([inner, itemEnd], OPEN), sequenceEnd], OPEN);
    expect(read(outer, rows)).toEqual({ Rows: 7 });
  });
});

test('implicit little endian takes representations from the dictionary', () => {
  const bytes = file(
    TRANSFER_SYNTAX.implicitLittleEndian,
    implicit(REFERENCED_SERIES, [item([implicit(SERIES_UID, '1.2\0')])]),
    implicit(0x00200032, '1\\-2.5\\3e2 '),
    implicit(0x00280103, Buffer.of(1, 0)),
    implicit(0x00280120, Buffer.of(0xff, 0xff)),
    implicit(0x7fe00010, Buffer.of(1, 2)),
  );
  const { dataset, pixelData } = decodePart10(bytes);
  expect(dataset).toEqual({
    ReferencedSeriesSequence: [{ SeriesInstanceUID: '1.2' }],
    ImagePositionPatient: [1, -2.5, 300],
    PixelRepresentation: 1,
    PixelPaddingValue: -1,
  });
  expect([...new Uint8Array(pixelData![0]!)]).toEqual([1, 2]);
});

test('a deflated data set', () => {
  const bytes = file(TRANSFER_SYNTAX.deflated, Buffer.from(deflateSync(rows)));
  expect(decodePart10(bytes).dataset).toEqual({ Rows: 7 });
});

test('values: padding goes, inner blanks and backslashes of texts stay, what is no number stays text', () => {
  expect(
    read(
      element(0x00080008, 'CS', 'DERIVED \\ PRIMARY\\\\X '),
      element(0x00080060, 'CS', ''),
      element(0x00104000, 'LT', ' a\\b  '),
      element(0x00181020, 'LO', 'v1 \0'),
      element(0x00200013, 'IS', '12  '),
      element(0x00280030, 'DS', '0.5\\wide '),
      element(0x00209165, 'AT', Buffer.of(0x20, 0, 0x32, 0)),
    ),
  ).toEqual({
    ImageType: ['DERIVED', 'PRIMARY', '', 'X'],
    Modality: null,
    PatientComments: ' a\\b',
    SoftwareVersions: 'v1',
    InstanceNumber: 12,
    PixelSpacing: [0.5, 'wide'],
    DimensionIndexPointer: 0x00200032,
  });
});

test('pixel data are parts of the file, not copies', () => {
  const bytes = file(EXPLICIT, rows, element(0x7fe00010, 'OB', Buffer.of(1, 2, 3, 4)));
  expect(viewPart10(bytes).frames[0]!.buffer).toBe(bytes);
});

describe('fragments', () => {
  const fragment = (...values: number[]) => item(Buffer.from(values));
  const pixels = (frames: number, ...parts: Buffer[]) =>
    decodePart10(
      file(
        '1.2.840.10008.1.2.4.50',
        element(0x00280008, 'IS', `${frames} `),
        element(0x7fe00010, 'OB', [...parts, sequenceEnd], OPEN),
      ),
    ).pixelData!.map((frame) => [...new Uint8Array(frame)]);
  const offsets = (...values: number[]) => {
    const table = Buffer.alloc(4 * values.length);
    values.forEach((value, i) => table.writeUInt32LE(value, 4 * i));
    return item(table);
  };

  test('one each without a table of offsets', () => {
    expect(pixels(2, item(), fragment(1, 2), fragment(3, 4))).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  test('several of one frame are joined', () => {
    expect(pixels(1, item(), fragment(1, 2), fragment(3, 4))).toEqual([[1, 2, 3, 4]]);
  });

  test('offsets tell which belong to which frame', () => {
    const parts = [fragment(1, 2), fragment(3, 4), fragment(5, 6)];
    expect(pixels(2, offsets(0, 20), ...parts)).toEqual([
      [1, 2, 3, 4],
      [5, 6],
    ]);
  });

  test('that do not tell the frames are refused', () => {
    const parts = [fragment(1, 2), fragment(3, 4), fragment(5, 6)];
    expect(() => pixels(2, item(), ...parts)).toThrow(/7FE0,0010.*3 fragments .*2 frames/);
    expect(() => pixels(2, offsets(0, 21), ...parts)).toThrow(/offset of frame 1/);
  });
});

/** Sequences within each other, with lengths. */
const nested = (depth: number): Buffer =>
  depth === 0 ? Buffer.alloc(0) : element(REFERENCED_SERIES, 'SQ', [item(nested(depth - 1))]);

// name of the damage, the file, the tag that the refusal names, the rule
const DAMAGED: readonly (readonly [string, ArrayBuffer, string, string, RegExp])[] = [
  ['no prefix', new ArrayBuffer(400), '(0002,0000)', 'PS3.10 7.1', /DICM/],
  ['no bytes', new ArrayBuffer(0), '(0002,0000)', 'PS3.10 7.1', /DICM/],
  [
    'no transfer syntax',
    file(EXPLICIT).slice(0, 132),
    '(0002,0010)',
    'PS3.10 7.1',
    /Transfer Syntax/,
  ],
  [
    'big endian',
    file(TRANSFER_SYNTAX.explicitBigEndian, rows),
    '(0002,0010)',
    'PS3.5 A.3',
    /big endian/,
  ],
  [
    'a length beyond the end',
    file(EXPLICIT, element(ROWS, 'US', Buffer.of(7, 0), 500)),
    '(0028,0010)',
    'PS3.5 7.1',
    /Rows .*500 bytes where 2 are left/,
  ],
  [
    'a length beyond the item',
    file(
      EXPLICIT,
      element(REFERENCED_SERIES, 'SQ', [item(element(SERIES_UID, 'UI', '1.2\0', 6))]),
      rows,
    ),
    '(0020,000E)',
    'PS3.5 7.1',
    /6 bytes where 4 are left/,
  ],
  [
    'a header cut off',
    file(EXPLICIT, rows, element(0x7fe00010, 'OB', '').subarray(0, 10)),
    '(7FE0,0010)',
    'PS3.5 7.1',
    /6 bytes where 4 are left/,
  ],
  [
    'a tag cut off',
    file(EXPLICIT, rows, Buffer.of(0xe0, 0x7f)),
    '(FFFE,E000)',
    'PS3.5 7.1',
    /within a tag/,
  ],
  [
    'no value representation',
    file(EXPLICIT, element(ROWS, '\0\x01', Buffer.of(7, 0))),
    '(0028,0010)',
    'PS3.5 7.1.2',
    /two letters/,
  ],
  [
    'something else than an item',
    file(EXPLICIT, element(REFERENCED_SERIES, 'SQ', [rows])),
    '(0008,1115)',
    'PS3.5 7.5',
    /\(0028,0010\) where an item should begin/,
  ],
  [
    'an item longer than its sequence',
    file(EXPLICIT, element(REFERENCED_SERIES, 'SQ', [item(Buffer.alloc(0), 8)]), rows),
    '(0008,1115)',
    'PS3.5 7.5',
    /item of 8 bytes/,
  ],
  [
    'a sequence without an end',
    file(EXPLICIT, element(REFERENCED_SERIES, 'SQ', [item()], OPEN)),
    '(0008,1115)',
    'PS3.5 7.5.2',
    /without an end/,
  ],
  [
    'an item without an end',
    file(EXPLICIT, element(REFERENCED_SERIES, 'SQ', [item([rows], OPEN)], OPEN)),
    '(0008,1115)',
    'PS3.5 7.5.2',
    /item without an end/,
  ],
  [
    'a delimiter of nothing',
    file(EXPLICIT, rows, sequenceEnd),
    '(FFFE,E0DD)',
    'PS3.5 7.5',
    /no item or sequence ends/,
  ],
  ['sequences in too many levels', file(EXPLICIT, nested(60)), '(0008,1115)', 'PS3.5 7.5', /48/],
  [
    'fragments without an end',
    file('1.2.840.10008.1.2.5', element(0x7fe00010, 'OB', [item()], OPEN)),
    '(7FE0,0010)',
    'PS3.5 A.4',
    /without an end/,
  ],
  [
    'what cannot be inflated',
    file(TRANSFER_SYNTAX.deflated, Buffer.alloc(50, 0xff)),
    '(0002,0010)',
    'PS3.5 A.5',
    /cannot be inflated/,
  ],
];

test.each(DAMAGED)('%s is refused with tag and rule', (_, bytes, tag, rule, says) => {
  const error = refusal(() => decodePart10(bytes));
  expect(error).toMatchObject({ name: 'InputError', code: 'dicom.unreadable', tag, rule });
  expect(error.message).toMatch(says);
  expect(error.message).toContain(tag);
  expect(error.message).toContain(rule);
  expect(error.message).toMatch(/^The file is no readable DICOM object: [^\n]+\.$/);
});

test('a few bytes that inflate beyond all bounds are refused before they take memory', () => {
  const deflated = deflateSync(new Uint8Array(2 ** 22));
  expect(deflated.length).toBeLessThan(2 ** 13);
  expect(inflateRaw(deflated)).toHaveLength(2 ** 22);
  expect(() => inflateRaw(deflated, 2 ** 20)).toThrow(RangeError);
});
