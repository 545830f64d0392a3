import type { BitVolume } from '../../volume/bits';
import { holds, stepLength, type Grid } from './grid';
import { positionsOutside } from './packed';

/** Where a stretch touches the part of its skeleton that lies inside the other mask. */
export interface Contact {
  /** Vertex of the stretch. */
  readonly vertex: number;
  /**
   * Positions of the touching skeleton voxels inside the other mask, one 26-connected piece of them, the nearest
   * first.
   */
  readonly inside: readonly number[];
}

/** A 26-connected piece of a skeleton outside the other mask. */
export interface Stretch {
  /** Positions of its voxels. */
  readonly voxels: readonly number[];
  /** The vertices that touch each vertex. */
  readonly near: readonly (readonly number[])[];
  /** One for each vertex and each piece of inside skeleton among its neighbours. */
  readonly contacts: readonly Contact[];
}

/**
 * The stretches of a skeleton outside a mask, in raster order of their first voxels.
 */
export function stretchesOutside(grid: Grid, skeleton: BitVolume, mask: BitVolume): Stretch[] {
  const { steps } = grid;
  const positions = positionsOutside(skeleton, mask);
  const vertexAt = new Map<number, number>();
  const stretches: Stretch[] = [];
  for (const seed of positions) {
    if (vertexAt.has(seed)) continue;
    const voxels = [seed];
    const near: number[][] = [];
    const contacts: Contact[] = [];
    vertexAt.set(seed, 0);
    for (let vertex = 0; vertex < voxels.length; vertex++) {
      const beside: number[] = [];
      const inside: number[] = [];
      for (const step of steps) {
        const position = voxels[vertex] + step;
        if (step === 0 || !holds(skeleton.words, position)) continue;
        if (holds(mask.words, position)) {
          inside.push(position);
          continue;
        }
        const known = vertexAt.get(position);
        if (known === undefined) vertexAt.set(position, voxels.push(position) - 1);
        beside.push(known ?? voxels.length - 1);
      }
      near.push(beside);
      const away = (position: number) => stepLength(grid, voxels[vertex], position);
      for (const piece of piecesOf(inside, steps))
        contacts.push({ vertex, inside: piece.sort((a, b) => away(a) - away(b)) });
    }
    stretches.push({ voxels, near, contacts });
  }
  return stretches;
}

/** A few positions by 26-connected pieces. */
function piecesOf(positions: number[], steps: readonly number[]): number[][] {
  const pieces: number[][] = [];
  const rest = new Set(positions);
  for (const first of positions) {
    if (!rest.delete(first)) continue;
    const piece = [first];
    for (const at of piece)
      for (const step of steps) if (rest.delete(at + step)) piece.push(at + step);
    pieces.push(piece);
  }
  return pieces;
}
