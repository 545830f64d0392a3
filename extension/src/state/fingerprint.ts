/**
 * A number that tells masks apart: FNV-1a over 32-bit words, then over the bytes that remain. Equal masks have
 * equal fingerprints; different ones almost never.
 */
export function fingerprint(mask: Uint8Array): number {
  const aligned = mask.byteOffset % 4 === 0 ? mask : mask.slice();
  const words = new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.length >> 2);
  let hash = 0x811c9dc5;
  for (let i = 0; i < words.length; i++) hash = Math.imul(hash ^ words[i]!, 0x01000193);
  for (let i = words.length * 4; i < aligned.length; i++)
    hash = Math.imul(hash ^ aligned[i]!, 0x01000193);
  return hash >>> 0;
}
