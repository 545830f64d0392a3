import type { Vec3 } from '@vessels/volume/geometry';
import { tree } from '../kernels/cases/tree';

/** Labels of the drawn mask. */
export const LABELS = 13;

const RADIUS = [6, 1.2] as const;
/** Share of the volume that all trees fill together. */
const DENSITY = 0.018;

/** Trees beside each other, one for each label, as the vessels of a territory; 0 is background, x fastest. */
export function drawLabelmap(dims: Vec3): Uint8Array {
  const labelmap = new Uint8Array(dims[0] * dims[1] * dims[2]);
  for (let label = 1; label <= LABELS; label++) {
    const root: Vec3 = [label / (LABELS + 1), 0.05, 0.5];
    const { mask } = tree(dims, { radius: RADIUS, density: DENSITY / LABELS, root }, label);
    for (let v = 0; v < mask.length; v++) if (mask[v] && !labelmap[v]) labelmap[v] = label;
  }
  return labelmap;
}
