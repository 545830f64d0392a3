import { describe, expect, test } from '@jest/globals';
import { fingerprint } from '../../viewer/setup/sources.mjs';
import { StepError, reasonOf, requireNode, run } from '../../viewer/setup/step.mjs';

describe('reasonOf', () => {
  test.each([
    ['npm error code ENOTFOUND\nnpm error request to https://r failed', /was not reached/],
    ['tar: write error: No space left on device', /the disk is full/],
    ["EACCES: permission denied, mkdir '/x'", /cannot be written/],
    ['npm error code E404\nnpm error 404 Not Found', /does not have it/],
    ['all well\n  ERROR in ./a.ts 1:0\nmore\n', /^ERROR in \.\/a\.ts 1:0$/],
    ['npm error code EUSAGE\nnpm error\nnpm error `npm ci` can only.\n', /^`npm ci` can only$/],
    ['gzip: stdin: not in gzip format\n', /^gzip: stdin: not in gzip format$/],
    ['', /^no reason was given$/],
  ])('%j', (output, reason) => {
    expect(reasonOf(output)).toMatch(reason);
  });
});

describe('run', () => {
  const node = (script: string) => run('A step', process.execPath, ['-e', script]);

  test('gives what the command wrote', () => {
    expect(node('console.log(1 + 1)')).toBe('2\n');
  });

  test('a failure is one sentence', () => {
    expect(() => node('console.error("disk error"); process.exit(3)')).toThrow(StepError);
    expect(() => node('console.error("disk error"); process.exit(3)')).toThrow(
      /^A step failed: disk error\.$/,
    );
  });

  test('so is a program that is not there', () => {
    expect(() => run('A step', 'no-such-program', [])).toThrow(
      'A step failed: the program "no-such-program" is not installed.',
    );
  });
});

test('an older Node is named in a sentence', () => {
  expect(() => requireNode(20, 19)).not.toThrow();
  expect(() => requireNode(999, 0)).toThrow(/^Node 999\.0 or newer is needed, this is [\d.]+;/);
});

describe('fingerprint', () => {
  const STEPS = ['viewer/setup'];

  test('is the same for the same files and another one for others', () => {
    expect(fingerprint(STEPS)).toBe(fingerprint(STEPS));
    expect(fingerprint(STEPS, (file) => file !== 'viewer/setup/step.mjs')).not.toBe(
      fingerprint(STEPS),
    );
  });

  test('of what is not there is that of nothing', () => {
    expect(fingerprint(['no/such/folder'])).toBe(fingerprint([]));
  });
});
