import type { Voxels } from '../volume/volume';

/** Voxels as 16-bit pixels of DICOM. */
export interface StoredPixels {
  readonly data: Int16Array | Uint16Array;
  /** Pixel Representation (0028,0103): 1 when signed. */
  readonly pixelRepresentation: 0 | 1;
  /** Centre and width that show all but the darkest and brightest half percent. */
  readonly window: { readonly center: number; readonly width: number };
}

const [INT16_MIN, INT16_MAX, UINT16_MAX] = [-32768, 32767, 65535] as const;

/** Grey values of an image without units that is stored scaled: 12 bits, as scanners do. */
const SCALED_MAX = 4095;

/** Share of voxels that the window leaves out on each side. */
const WINDOW_TAIL = 0.005;

function extent(voxels: Voxels): [min: number, max: number, whole: boolean] {
  let [min, max, whole] = [Infinity, -Infinity, true];
  for (let i = 0; i < voxels.length; i++) {
    const value = voxels[i]!;
    if (value < min) min = value;
    if (value > max) max = value;
    whole &&= Number.isInteger(value);
  }
  return [min, max, whole];
}

function windowOf(data: Int16Array | Uint16Array): StoredPixels['window'] {
  const sorted = data.slice().sort();
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))]!;
  const [low, high] = [at(WINDOW_TAIL), at(1 - WINDOW_TAIL)];
  return { center: (low + high + 1) / 2, width: Math.max(1, high - low + 1) };
}

/**
 * Map voxels to 16-bit pixels. Whole numbers that fit are kept as they are. Else: values with units (Hounsfield)
 * are rounded and clipped to −32768..32767; values without units are scaled linearly to 0..4095.
 */
export function storedPixels(voxels: Voxels, hasUnits: boolean): StoredPixels {
  const [min, max, whole] = extent(voxels);
  const fitsSigned = min >= INT16_MIN && max <= INT16_MAX;
  const fitsUnsigned = min >= 0 && max <= UINT16_MAX;
  const isSigned = hasUnits || (whole && fitsSigned && !fitsUnsigned);
  const data = new (isSigned ? Int16Array : Uint16Array)(voxels.length);
  if (whole && (isSigned ? fitsSigned : fitsUnsigned)) data.set(voxels);
  else if (isSigned)
    for (let i = 0; i < data.length; i++)
      data[i] = Math.max(INT16_MIN, Math.min(INT16_MAX, Math.round(voxels[i]!)));
  else {
    const scale = max > min ? SCALED_MAX / (max - min) : 0;
    for (let i = 0; i < data.length; i++) data[i] = Math.round((voxels[i]! - min) * scale);
  }
  return {
    data,
    pixelRepresentation: data instanceof Int16Array ? 1 : 0,
    window: windowOf(data),
  };
}
