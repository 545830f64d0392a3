import type { Geometry } from '@vessels/volume/geometry';
import type { Mask, Volume } from '@vessels/volume/volume';
import { ANEURYSM, VESSELS } from './anatomy';
import { simulateAngiogram } from './angiogram';
import { withMistakes } from './mistakes';
import { maskOf, signedDistance } from './phantom';

const DIMS = [192, 224, 80] as const;
const SPACING = 0.8;

/** The slab of the sample study: 154 × 179 × 64 mm around the circle of Willis, axial, isotropic 0.8 mm. */
export const SAMPLE_GEOMETRY: Geometry = {
  dims: DIMS,
  spacing: [SPACING, SPACING, SPACING],
  origin: [
    (-(DIMS[0] - 1) / 2) * SPACING,
    (-(DIMS[1] - 1) / 2) * SPACING + 8,
    (-(DIMS[2] - 1) / 2) * SPACING,
  ],
  direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
};

const SEED = 20_26;

/** The synthetic angiogram, its true vessels, and a mask with known mistakes; the same on every machine. */
export function sampleVolumes(geometry: Geometry = SAMPLE_GEOMETRY): {
  image: Volume;
  truth: Mask;
  flawed: Mask;
} {
  const distance = signedDistance(VESSELS, [ANEURYSM], geometry);
  const truth = maskOf(distance, geometry);
  return {
    image: simulateAngiogram(distance, geometry, SEED),
    truth,
    flawed: withMistakes(truth, geometry),
  };
}
