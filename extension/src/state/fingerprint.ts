import { inTurns } from '@vessels/inference/tasks';

/** FNV-1a's. */
const OFFSET_BASIS = 0x811c9dc5;
const PRIME = 0x01000193;

/** So many voxels are taken in at a time. */
const PART = 2 ** 22;

/**
 * A number that tells masks apart: FNV-1a over the 32-bit words that are not 0 and their places, then over the bytes
 * that remain. Equal masks have equal fingerprints; different ones almost never.
 */
export function fingerprint(mask: Uint8Array): number {
  let hash = OFFSET_BASIS;
  for (let from = 0; from < mask.length; from += PART) hash = takeIn(hash, mask, from);
  return hash >>> 0;
}

/** {@link fingerprint} without holding up the thread. */
export async function fingerprintInTurns(mask: Uint8Array): Promise<number> {
  let hash = OFFSET_BASIS;
  await inTurns(Math.ceil(mask.length / PART), (part) => {
    hash = takeIn(hash, mask, part * PART);
  });
  return hash >>> 0;
}

function takeIn(before: number, mask: Uint8Array, from: number): number {
  const part = mask.subarray(from, from + PART);
  const aligned = part.byteOffset % 4 === 0 ? part : part.slice();
  const words = new Int32Array(aligned.buffer, aligned.byteOffset, aligned.length >> 2);
  let hash = before;
  for (let i = 0; i < words.length; i++)
    if (words[i] !== 0) hash = mix(mix(hash, words[i]!), from + i);
  for (let i = words.length * 4; i < aligned.length; i++) hash = mix(hash, aligned[i]!);
  return hash;
}

const mix = (hash: number, value: number): number => Math.imul(hash ^ value, PRIME);
