import { describe, expect, it } from '@jest/globals';
import type { DataSource } from '@ohif/core';
import { canStore, failureReason } from '../../extension/src/host/store';

const FAILED = {
  '00081198': { vr: 'SQ', Value: [{ '00081197': { vr: 'US', Value: [43264] } }] },
};

describe('failureReason', () => {
  it('reads the Failed SOP Sequence, as text or parsed', () => {
    const expected = 'status 202, failure reason 43264';
    expect(failureReason({ status: 202, response: FAILED })).toBe(expected);
    expect(failureReason({ status: 202, response: JSON.stringify(FAILED) })).toBe(expected);
  });

  it('names the status alone when the server gives no reason', () => {
    expect(failureReason({ status: 200, response: { '00081198': { Value: [{}] } } })).toBe(
      'status 200',
    );
  });

  it.each(['', '<xml/>', { '00081199': { Value: [{}] } }, undefined])(
    'finds none in %p',
    (response) => {
      expect(failureReason({ status: 200, response })).toBeUndefined();
    },
  );
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
