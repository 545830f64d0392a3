import type { Labelmap } from '../topology/labelBetti';
import type { Vec3 } from '../volume/geometry';

/** Offsets to the 13 of the 26 neighbours that come later in raster order. */
const LATER: readonly Vec3[] = Array.from({ length: 27 }, (_, i): Vec3 => [
  (i % 3) - 1,
  (Math.floor(i / 3) % 3) - 1,
  Math.floor(i / 9) - 1,
]).slice(14);

/**
 * For each label the other labels that it touches: a voxel of one is among the 26 neighbours of a voxel of the
 * other. One pass over the voxels.
 *
 * @param labels 0 is background, which touches nothing; x fastest; the caller has checked that they fill dims
 * @returns by label, rising, a rising list
 */
export function labelNeighbours(labels: Labelmap, [nx, ny, nz]: Vec3): Map<number, number[]> {
  const touched = new Map<number, Set<number>>();
  const of = (label: number): Set<number> => {
    const known = touched.get(label) ?? new Set();
    touched.set(label, known);
    return known;
  };
  for (let z = 0, i = 0; z < nz; z++)
    for (let y = 0; y < ny; y++)
      for (let x = 0; x < nx; x++, i++) {
        const label = labels[i];
        if (label === 0) continue;
        of(label);
        for (const [dx, dy, dz] of LATER) {
          if (x + dx < 0 || x + dx >= nx || y + dy < 0 || y + dy >= ny || z + dz >= nz) continue;
          const other = labels[i + dx + nx * (dy + ny * dz)];
          if (other === 0 || other === label) continue;
          of(label).add(other);
          of(other).add(label);
        }
      }
  const rising = (a: number, b: number) => a - b;
  return new Map(
    [...touched]
      .sort(([a], [b]) => rising(a, b))
      .map(([label, others]) => [label, [...others].sort(rising)]),
  );
}
