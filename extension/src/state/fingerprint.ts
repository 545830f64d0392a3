/**
 * A number that tells masks apart: FNV-1a over the 32-bit words that are not 0 and their places, then over the bytes
 * that remain. Equal masks have equal fingerprints; different ones almost never.
 */
export function fingerprint(mask: Uint8Array): number {
  const aligned = mask.byteOffset % 4 === 0 ? mask : mask.slice();
  const words = new Int32Array(aligned.buffer, aligned.byteOffset, aligned.length >> 2);
  let hash = 0x811c9dc5;
  for (let i = 0; i < words.length; i++) if (words[i] !== 0) hash = mix(mix(hash, words[i]!), i);
  for (let i = words.length * 4; i < aligned.length; i++) hash = mix(hash, aligned[i]!);
  return hash >>> 0;
}

const mix = (hash: number, value: number): number => Math.imul(hash ^ value, 0x01000193);
