import { expect, test } from '@jest/globals';
import { decodePart10 } from '@vessels/dicom/part10';
import { TRANSFER_SYNTAX } from '@vessels/dicom/syntaxes';
import { element, file } from '../../helpers/dicomBytes';

const bytes = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex');

function nameIn(characterSet: string, name: Buffer): unknown {
  const padded = name.length % 2 ? Buffer.concat([name, Buffer.from(' ')]) : name;
  const { dataset } = decodePart10(
    file(
      TRANSFER_SYNTAX.explicitLittleEndian,
      element(0x00080005, 'CS', characterSet + (characterSet.length % 2 ? ' ' : '')),
      element(0x00100010, 'PN', padded),
    ),
  );
  return dataset.PatientName;
}

// the examples of PS3.5 annexes H to K and PS3.3 C.12.1.1.2
test.each([
  ['ISO_IR 100', 'c4 6e 65 61 73 5e 52 fc 64 69 67 65 72', { Alphabetic: 'Äneas^Rüdiger' }],
  ['ISO_IR 126', 'c4 e9 ef ed f5 f3 e9 ef f2', { Alphabetic: 'Διονυσιος' }],
  ['ISO_IR 144', 'bb ee da 63 65 dc d1 79 70 d3', { Alphabetic: 'Люкceмбypг' }],
  ['ISO_IR 127', 'e2 c8 c7 e6 ea 5e e4 e6 d2 c7 d1', { Alphabetic: 'قباني^لنزار' }],
  [
    '\\ISO 2022 IR 87',
    '59616d6164615e5461726f753d1b24423b3345441b28425e1b244242404f3a1b28423d1b24422464245e24401b28425e1b2442243f246d24261b2842',
    { Alphabetic: 'Yamada^Tarou', Ideographic: '山田^太郎', Phonetic: 'やまだ^たろう' },
  ],
  [
    'ISO 2022 IR 13\\ISO 2022 IR 87',
    'd4cfc0de5ec0dbb33d1b24423b3345441b284a5e1b244242404f3a1b284a3d1b24422464245e24401b284a5e1b2442243f246d24261b284a',
    { Alphabetic: 'ﾔﾏﾀﾞ^ﾀﾛｳ', Ideographic: '山田^太郎', Phonetic: 'やまだ^たろう' },
  ],
  [
    '\\ISO 2022 IR 149',
    '486f6e675e47696c646f6e673d1b242943fbf35e1b242943d1ced4d73d1b242943c8ab5e1b242943b1e6b5bf',
    { Alphabetic: 'Hong^Gildong', Ideographic: '洪^吉洞', Phonetic: '홍^길동' },
  ],
  [
    '\\ISO 2022 IR 58',
    '5a68616e675e5869616f446f6e673d1b242941d5c55e1b242941d0a1b6ab3d',
    { Alphabetic: 'Zhang^XiaoDong', Ideographic: '张^小东' },
  ],
  [
    'GB18030',
    '57616e675e5869616f446f6e673dcdf55ed0a1b6ab3d',
    { Alphabetic: 'Wang^XiaoDong', Ideographic: '王^小东' },
  ],
  ['ISO_IR 192', Buffer.from('Größe^Zoë').toString('hex'), { Alphabetic: 'Größe^Zoë' }],
])('names in %s', (characterSet, hex, name) => {
  expect(nameIn(characterSet, bytes(hex))).toEqual([name]);
});

test('JIS X 0212 follows its own escape', () => {
  // 0x30 0x21 of JIS X 0212 is 丂
  expect(nameIn('\\ISO 2022 IR 159', bytes('1b2428443021 1b2842'))).toEqual([{ Alphabetic: '丂' }]);
});

test('the second byte of a GBK pair may be a backslash and does not part values', () => {
  expect(nameIn('GBK', bytes('81 5c'))).toEqual([{ Alphabetic: '乗' }]);
});

test('an unknown character set is read as UTF-8', () => {
  expect(nameIn('ISO_IR 999', Buffer.from('Zoë'))).toEqual([{ Alphabetic: 'Zoë' }]);
});
