/** Transfer syntaxes that we name (PS3.6 A). */
export const TRANSFER_SYNTAX = Object.freeze({
  implicitLittleEndian: '1.2.840.10008.1.2',
  explicitLittleEndian: '1.2.840.10008.1.2.1',
  /** Retired (PS3.5 A.3). */
  explicitBigEndian: '1.2.840.10008.1.2.2',
  deflated: '1.2.840.10008.1.2.1.99',
  rleLossless: '1.2.840.10008.1.2.5',
  /** Deflated Image Frame Compression (Supplement 244). */
  deflatedFrames: '1.2.840.10008.1.2.8.1',
});

/** Storage SOP classes that we write or read (PS3.6 A). */
export const SOP_CLASS = Object.freeze({
  ctImage: '1.2.840.10008.5.1.4.1.1.2',
  mrImage: '1.2.840.10008.5.1.4.1.1.4',
  segmentation: '1.2.840.10008.5.1.4.1.1.66.4',
  labelMapSegmentation: '1.2.840.10008.5.1.4.1.1.66.7',
});
