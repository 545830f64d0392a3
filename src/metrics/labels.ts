import type { Labelmap } from '../topology/labelBetti';
import { InputError } from '../volume/errors';
import type { Voxels } from '../volume/volume';

const MAX_LABEL = 65535;

/**
 * Voxel values as labels; unsigned 8 and 16-bit arrays are returned as they are.
 *
 * @param name the argument, as the message calls it
 * @throws InputError `labels.value` where one is no whole number from 0 to 65535
 */
export function toLabels(data: Voxels, name: string): Labelmap {
  if (data instanceof Uint8Array || data instanceof Uint16Array) return data;
  const labels = new Uint16Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const value = data[i];
    labels[i] = value;
    // Also false for NaN, for fractions and for what the 16 bits cut off.
    if (labels[i] !== value)
      throw new InputError(
        'labels.value',
        `${name} has the value ${value} at voxel ${i}; labels are whole numbers from 0 to ${MAX_LABEL}.`,
      );
  }
  return labels;
}
