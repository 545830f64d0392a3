import { bitLayout } from '../volume/bits';
import { packBitsPlain } from '../volume/bitsPlain';
import type { Vec3 } from '../volume/geometry';
import { bettiPlain } from './bettiPlain';
import { boxAround, type Box, type Labelmap, type LabelTopology } from './labelBetti';

/** The specification of `labelBetti`: each label's mask, cut out, as any other mask. */
export function labelBettiPlain(labels: Labelmap, dims: Vec3): LabelTopology {
  const found = [...countVoxels(labels, dims)].sort(([a], [b]) => a - b);
  const around = boxAround(found.map(([, { box }]) => box));
  return {
    labels: new Map(
      found.map(([label, { voxels, box }]) => {
        const betti = bettiOfBox(labels, dims, box, (value) => value === label);
        return [label, { voxels, box, betti }];
      }),
    ),
    merged: {
      voxels: found.reduce((sum, [, { voxels }]) => sum + voxels, 0),
      box: around,
      betti: bettiOfBox(labels, dims, around, (value) => value !== 0),
    },
  };
}

function countVoxels(labels: Labelmap, [nx, ny]: Vec3) {
  const found = new Map<number, { voxels: number; box: Box }>();
  for (let from = 0, i = 0; i < labels.length; from = i) {
    const label = labels[from];
    const line = Math.floor(from / nx);
    do i++;
    while (i < (line + 1) * nx && labels[i] === label);
    if (label === 0) continue;
    const [x, y, z] = [from - line * nx, line % ny, Math.floor(line / ny)];
    const box: Box = { low: [x, y, z], high: [x + i - from - 1, y, z] };
    const known = found.get(label);
    found.set(label, {
      voxels: (known?.voxels ?? 0) + i - from,
      box: known ? boxAround([known.box, box]) : box,
    });
  }
  return found;
}

function bettiOfBox(
  labels: Labelmap,
  [nx, ny]: Vec3,
  { low, high }: Box,
  isInside: (label: number) => boolean,
) {
  const dims: Vec3 = [high[0] - low[0] + 1, high[1] - low[1] + 1, high[2] - low[2] + 1];
  const mask = new Uint8Array(dims[0] * dims[1] * dims[2]);
  for (let z = 0, i = 0; z < dims[2]; z++)
    for (let y = 0; y < dims[1]; y++)
      for (let x = 0; x < dims[0]; x++, i++)
        mask[i] = isInside(labels[((low[2] + z) * ny + low[1] + y) * nx + low[0] + x]) ? 1 : 0;
  return bettiPlain(packBitsPlain(mask, bitLayout(dims, 'x')));
}
