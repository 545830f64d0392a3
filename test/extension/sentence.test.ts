import { describe, expect, it } from '@jest/globals';
import { InputError } from '@vessels/volume/errors';
import { sentence } from '../../extension/src/state/sentence';

describe('sentence', () => {
  it('passes our own errors on as they are', () => {
    expect(sentence(new InputError('a.b', 'Choose another series.'))).toBe(
      'Choose another series.',
    );
  });

  it.each([
    [new Error('x is undefined'), 'Unexpected error: x is undefined.'],
    [new Error('It broke.'), 'Unexpected error: It broke.'],
    ['text', 'Unexpected error: text.'],
    [new Error(''), 'Unexpected error: no message.'],
  ])('makes one sentence of %p', (error, expected) => {
    expect(sentence(error)).toBe(expected);
  });
});
