const MEGABYTE = 2 ** 20;

/** Bytes as megabytes, with a decimal below ten. */
export const megabytes = (bytes: number): string => {
  const size = bytes / MEGABYTE;
  return size < 10 ? Math.max(0.1, size).toFixed(1) : Math.round(size).toLocaleString('en');
};
