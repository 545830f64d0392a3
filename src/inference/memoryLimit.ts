const GIGABYTE = 2 ** 30;

/** Where nothing tells how much memory there is: what a tab may be expected to get, bytes. */
const USUAL = 4 * GIGABYTE;

/** Share of a computer's memory that a run may take. */
const SHARE = 0.75;

/**
 * Memory that a run may take, bytes.
 *
 * @param gigabytes of the computer, where they are known; Chromium tells up to 8 (`navigator.deviceMemory`)
 */
export const memoryLimit = (gigabytes: number | undefined): number =>
  gigabytes === undefined ? USUAL : SHARE * gigabytes * GIGABYTE;
