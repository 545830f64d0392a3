import { describe, expect, it } from '@jest/globals';
import { readConfiguration } from '../../extension/src/host/configuration';

const PAGE = 'https://hospital.test/viewer/index.html';

describe('readConfiguration', () => {
  it('fills in the defaults', () => {
    expect(readConfiguration({ assetBase: '/vessels' }, PAGE)).toEqual({
      assetBase: 'https://hospital.test/vessels/',
      segmentation: 'LABELMAP',
      compression: 'rle',
      seriesDescription: 'Vessels',
      storeTimeout: 120,
      backend: 'auto',
      minComponent: 10,
    });
  });

  it('resolves the asset base against the page, under a sub-path too', () => {
    expect(readConfiguration({ assetBase: 'plugins/vessels/' }, PAGE).assetBase).toBe(
      'https://hospital.test/viewer/plugins/vessels/',
    );
    expect(readConfiguration({ assetBase: 'https://cdn.test/v' }, PAGE).assetBase).toBe(
      'https://cdn.test/v/',
    );
  });

  it('names a wrong key', () => {
    expect(() => readConfiguration({ assetBase: '/', segmentation: 'FRACTIONAL' }, PAGE)).toThrow(
      /segmentation/,
    );
    expect(() => readConfiguration({ assetbase: '/' }, PAGE)).toThrow(/assetbase/);
  });
});
