import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { UsageError, readOptions } from '../../viewer/options';

describe('readOptions', () => {
  test('without options: port 3000 or near it, at the root, isolated, no PACS', () => {
    expect(readOptions([], '/clone')).toEqual({
      port: 3000,
      portAsked: false,
      base: '/',
      isolate: true,
      data: path.resolve('/clone/.data'),
    });
  });

  test('all options', () => {
    const args =
      '--port 3100 --host-path viewer/x --no-isolate --data /d --pacs http://h:1/dicom-web';
    expect(readOptions(args.split(' '), '/clone')).toEqual({
      port: 3100,
      portAsked: true,
      base: '/viewer/x/',
      isolate: false,
      data: path.resolve('/d'),
      pacs: new URL('http://h:1/dicom-web'),
    });
  });

  test('--help gives no options', () => {
    expect(readOptions(['--help'], '/clone')).toBeUndefined();
  });

  test.each([
    [['--port', 'abc'], /--port takes a number/],
    [['--port', '65536'], /--port takes a number/],
    [['--host-path', '/a b'], /--host-path takes letters/],
    [['--host-path', '/../x'], /--host-path takes letters/],
    [['--pacs', 'ftp://h'], /--pacs takes an http or https address/],
    [['--pacs', 'orthanc'], /--pacs takes an http or https address/],
    [['--prot', '1'], /Unknown option '--prot'; --help lists the options\./],
    [['extra'], /--help lists the options\./],
  ])('%j is refused in one sentence', (args, sentence) => {
    expect(() => readOptions(args, '/clone')).toThrow(UsageError);
    expect(() => readOptions(args, '/clone')).toThrow(sentence);
  });
});
