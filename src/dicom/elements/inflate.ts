import { Inflate } from 'fflate';

/** A deflated data set above this is refused: a damaged or hostile file can claim any size. */
const MAX_SIZE = 2 ** 29;

/** Inflated bytes are taken in pieces, so that the limit holds before memory is taken. */
const PIECE = 2 ** 16;

/**
 * Inflate raw deflate data (RFC 1951).
 *
 * @param limit bytes that the result may have
 * @throws RangeError when the result would exceed the limit; whatever fflate says of damage
 */
export function inflateRaw(deflated: Uint8Array, limit = MAX_SIZE): Uint8Array {
  const parts: Uint8Array[] = [];
  let size = 0;
  let done = false;
  const stream = new Inflate((part, final) => {
    size += part.length;
    if (size > limit) throw new RangeError('too large');
    parts.push(part);
    done ||= final;
  });
  for (let at = 0; at < deflated.length && !done; at += PIECE)
    stream.push(deflated.subarray(at, at + PIECE), at + PIECE >= deflated.length);
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
