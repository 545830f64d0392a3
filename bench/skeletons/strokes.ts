import { skeletonize2d } from '@vessels/skeleton/planar/skeletonize2d';
import type { ThinningMode } from '@vessels/skeleton/thinning';
import { random } from '../kernels/cases/random';

/** Side of the image and number of strokes. */
const SIDE = 121;
const COUNT = 2000;

/** How the ends of straight strokes fare: 30 … 70 pixels long, 1.2 … 11 wide, round ends, all directions. */
export interface StrokeEnds {
  readonly mode: ThinningMode;
  readonly strokes: number;
  /** Pixels between the centre of a round end and the end of the skeleton; less than 0 where it reaches beyond. */
  readonly meanShortened: number;
  readonly mostShortened: number;
  /** Strokes of which an end is shortened by more than 5 pixels. */
  readonly eaten: number;
  /** Ends beyond two. */
  readonly spurs: number;
}

export function strokeEnds(mode: ThinningMode): StrokeEnds {
  const next = random(7);
  const shortened: number[] = [];
  let spurs = 0;
  for (let i = 0; i < COUNT; i++) {
    const angle = Math.PI * next();
    const half = 15 + 20 * next();
    const radius = 0.6 + 4.9 * next();
    const [cx, cy] = [SIDE / 2 + next(), SIDE / 2 + next()];
    const along = (x: number, y: number) => (x - cx) * Math.cos(angle) + (y - cy) * Math.sin(angle);
    const mask = new Uint8Array(SIDE * SIDE);
    for (let y = 0, at = 0; y < SIDE; y++)
      for (let x = 0; x < SIDE; x++, at++) {
        const t = along(x, y);
        const across2 = (x - cx) ** 2 + (y - cy) ** 2 - t ** 2;
        if (across2 + Math.max(Math.abs(t) - half, 0) ** 2 < radius ** 2) mask[at] = 1;
      }
    const skeleton = skeletonize2d(mask, [SIDE, SIDE], mode);
    let [low, high, ends] = [0, 0, 0];
    skeleton.forEach((v, at) => {
      if (v === 0) return;
      const t = along(at % SIDE, Math.floor(at / SIDE));
      [low, high] = [Math.min(low, t), Math.max(high, t)];
      if (neighbours(skeleton, at) === 1) ends++;
    });
    shortened.push(half - high, low + half);
    spurs += Math.max(ends - 2, 0);
  }
  const worst = (i: number) => Math.max(shortened[2 * i], shortened[2 * i + 1]);
  return {
    mode,
    strokes: COUNT,
    meanShortened: shortened.reduce((sum, v) => sum + v, 0) / shortened.length,
    mostShortened: Math.max(...shortened),
    eaten: Array.from({ length: COUNT }, (_, i) => worst(i)).filter((v) => v > 5).length,
    spurs,
  };
}

/** Of a pixel that does not lie on the border of the image: no stroke reaches it. */
function neighbours(image: Uint8Array, at: number): number {
  let count = -1;
  for (let row = at - SIDE; row <= at + SIDE; row += SIDE)
    for (let i = row - 1; i <= row + 1; i++) count += image[i];
  return count;
}
