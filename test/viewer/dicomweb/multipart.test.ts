import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { splitMultipart } from '../../../viewer/dicomweb/multipart';

const TYPE = 'multipart/related; type="application/dicom"; boundary="cut"';

const join = (bodies: readonly Uint8Array[], boundary = 'cut') =>
  Buffer.concat([
    ...bodies.flatMap((body) => [
      Buffer.from(`--${boundary}\r\nContent-Type: application/dicom\r\n\r\n`),
      body,
      Buffer.from('\r\n'),
    ]),
    Buffer.from(`--${boundary}--\r\n`),
  ]);

describe('splitMultipart', () => {
  test('bodies come back byte for byte, whatever they hold', () => {
    const bodies = fc.array(fc.uint8Array({ maxLength: 40 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(bodies, (parts) => {
        const split = splitMultipart(join(parts), TYPE);
        expect(split?.map(({ body }) => new Uint8Array(body))).toEqual(
          parts.map((part) => new Uint8Array(part)),
        );
      }),
    );
  });

  test('line ends, dashes and beginnings of the boundary belong to the body', () => {
    const tricky = Buffer.from('\r\n--cu\r\n\r\n--\r\n');
    const [part] = splitMultipart(join([tricky]), TYPE) ?? [];
    expect(part.body.equals(tricky)).toBe(true);
    expect(part.type).toBe('application/dicom');
  });

  test('a boundary without quotes, followed by another parameter', () => {
    const type = 'multipart/related; boundary=cut; type=application/dicom';
    expect(splitMultipart(join([Buffer.from('x')]), type)).toHaveLength(1);
  });

  test('a preamble is skipped', () => {
    const body = Buffer.concat([Buffer.from('hello\r\n'), join([Buffer.from('x')])]);
    expect(splitMultipart(body, TYPE)?.[0].body.toString()).toBe('x');
  });

  test.each([
    ['no boundary is named', join([Buffer.from('x')]), 'multipart/related'],
    ['another boundary is named', join([Buffer.from('x')], 'other'), TYPE],
    ['the end is missing', join([Buffer.from('x')]).subarray(0, -6), TYPE],
    ['the body is empty', Buffer.alloc(0), TYPE],
  ])('%s: not whole', (_, body, type) => {
    expect(splitMultipart(body, type)).toBeUndefined();
  });
});
