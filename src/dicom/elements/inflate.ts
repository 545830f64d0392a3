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
  let size = 0;
  eachPart(deflated, (part) => {
    size += part.length;
    if (size > limit) throw new RangeError('too large');
  });
  // once more: to keep the parts until the size is known would take twice the memory
  const whole = new Uint8Array(size);
  let at = 0;
  eachPart(deflated, (part) => {
    whole.set(part, at);
    at += part.length;
  });
  return whole;
}

function eachPart(deflated: Uint8Array, take: (part: Uint8Array) => void): void {
  let done = false;
  const stream = new Inflate((part, final) => {
    take(part);
    done ||= final;
  });
  for (let at = 0; at < deflated.length && !done; at += PIECE)
    stream.push(deflated.subarray(at, at + PIECE), at + PIECE >= deflated.length);
}
