import type { Vec3 } from '@vessels/volume/geometry';

/** A mask with its grid. */
export interface Drawn {
  readonly mask: Uint8Array;
  readonly dims: Vec3;
}

/**
 * A mask drawn as text: slices (z) of lines (y) of characters (x); `#` is foreground, anything else is not.
 * `draw(['##.', '..#'])` is one slice; `draw([...], [...])` are two.
 */
export function draw(...slices: readonly (readonly string[])[]): Drawn {
  const [nz, ny, nx] = [slices.length, slices[0].length, slices[0][0].length];
  const rows = slices.flat();
  if (rows.length !== nz * ny || rows.some((row) => row.length !== nx))
    throw new Error('the slices of a drawing differ in size');
  return { mask: Uint8Array.from(rows.join(''), (c) => (c === '#' ? 1 : 0)), dims: [nx, ny, nz] };
}

/** The mask of all voxels for which a predicate of their indices holds. */
export function fill(dims: Vec3, inside: (x: number, y: number, z: number) => boolean): Drawn {
  const mask = new Uint8Array(dims[0] * dims[1] * dims[2]);
  for (let z = 0, i = 0; z < dims[2]; z++)
    for (let y = 0; y < dims[1]; y++)
      for (let x = 0; x < dims[0]; x++, i++) mask[i] = inside(x, y, z) ? 1 : 0;
  return { mask, dims };
}

/** A mask as text, the inverse of {@link draw}: one string per line, slices one after the other. */
export function show({ mask, dims: [nx, ny, nz] }: Drawn): string[] {
  return Array.from({ length: ny * nz }, (_, row) =>
    Array.from(mask.subarray(row * nx, (row + 1) * nx), (v) => (v ? '#' : '.')).join(''),
  );
}
