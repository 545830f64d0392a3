import { describe, expect, it } from '@jest/globals';
import type { DataSource } from '@ohif/core';
import { canStore } from '../../extension/src/host/store';
import { failureReason, refusalReason } from '../../extension/src/host/storeReasons';

const failed = (reason: number) => ({
  '00081198': { vr: 'SQ', Value: [{ '00081197': { vr: 'US', Value: [reason] } }] },
});

describe('failureReason', () => {
  it('reads the Failed SOP Sequence, as text or parsed', () => {
    const expected = 'status 202, failure reason 43264: the object does not match its SOP class';
    expect(failureReason({ status: 202, response: failed(0xa900) })).toBe(expected);
    expect(failureReason({ status: 202, response: JSON.stringify(failed(0xa900)) })).toBe(expected);
  });

  it.each([
    [0x0122, 'it does not take this kind of object'],
    [0xa7ff, 'it is out of resources'],
    [0xc122, 'it does not take this transfer syntax'],
    [0xc123, 'it cannot understand the object'],
  ])('says what failure reason %i means', (reason, meaning) => {
    expect(failureReason({ status: 200, response: failed(reason) })).toBe(
      `status 200, failure reason ${reason}: ${meaning}`,
    );
  });

  it('names the status alone when the server gives no reason, the number alone when nobody knows it', () => {
    const noReason = { '00081198': { Value: [{}] } };
    expect(failureReason({ status: 200, response: noReason })).toBe('status 200');
    expect(failureReason({ status: 202, response: failed(7) })).toBe(
      'status 202, failure reason 7',
    );
  });

  it.each(['', '<xml/>', { '00081199': { Value: [{}] } }, undefined])(
    'finds none in %p',
    (response) => {
      expect(failureReason({ status: 200, response })).toBeUndefined();
    },
  );
});

describe('refusalReason', () => {
  it('says what the status means, and what the server says in text or JSON', () => {
    expect(refusalReason({ status: 507, response: 'The disk is full.' })).toBe(
      'status 507: its storage is full; “The disk is full”',
    );
    expect(refusalReason({ status: 400, response: { Message: 'Bad file' } })).toBe(
      'status 400: it cannot read the request; “Bad file”',
    );
  });

  it.each(['<!DOCTYPE html><h1>Too large</h1>', '', null, new ArrayBuffer(4), '{"x": 1}'])(
    'takes no words from %p',
    (response) => {
      expect(refusalReason({ status: 413, response })).toBe(
        'status 413: the object is too large for it',
      );
    },
  );

  it('names an unknown status alone', () => {
    expect(refusalReason({ status: 418, response: '' })).toBe('status 418');
  });
});

describe('canStore', () => {
  const dicom = () => Promise.resolve();

  it('asks for a DICOMweb source: OHIF gives every source a store', () => {
    const source = { store: { dicom }, getConfig: () => ({ wadoRoot: '/dicomweb' }) };
    expect(canStore(source as DataSource)).toBe(true);
    expect(canStore({ store: { dicom }, getConfig: () => ({}) } as DataSource)).toBe(false);
    expect(canStore({ getConfig: () => ({ wadoRoot: '/x' }) } as DataSource)).toBe(false);
    expect(canStore(null)).toBe(false);
  });
});
