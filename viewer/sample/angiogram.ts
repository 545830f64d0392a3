import { indexToWorld, voxelCount, type Geometry } from '@vessels/volume/geometry';
import type { Volume } from '@vessels/volume/volume';

/** Reproducible random numbers (Mulberry32, T. Ettinger, public domain algorithm). */
export function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Mean signal of the tissues of a fat-saturated TOF-MRA, arbitrary units: still tissue is dark, inflow is bright. */
const SIGNAL = Object.freeze({
  air: 12,
  fat: 190,
  skull: 60,
  csf: 110,
  white: 215,
  gray: 250,
  vesselLow: 520,
  vesselHigh: 760,
  noise: 17,
});

/** Ellipsoids (semi-axes, mm) from the skin inwards; the slab shows only their middle. */
const HEAD = Object.freeze({
  center: [0, 8, -6],
  skin: [70, 86, 92],
  skull: [65, 81, 86],
  brain: [59, 75, 80],
} as const);

/** How many semi-axes from the centre: 1 on the ellipsoid's surface. */
const shell = ([x, y, z]: readonly number[], axes: readonly [number, number, number]): number =>
  Math.hypot(
    (x! - HEAD.center[0]) / axes[0],
    (y! - HEAD.center[1]) / axes[1],
    (z! - HEAD.center[2]) / axes[2],
  );

/** A smooth random field of unit order: a few plane waves of random direction, wavelength in mm. */
function waves(
  random: () => number,
  count: number,
  shortest: number,
  longest: number,
): (p: readonly number[]) => number {
  const parts = Array.from({ length: count }, () => {
    const [u, phi] = [2 * random() - 1, 2 * Math.PI * random()];
    const k = (2 * Math.PI) / (shortest + (longest - shortest) * random());
    const s = Math.sqrt(1 - u * u);
    return [k * s * Math.cos(phi), k * s * Math.sin(phi), k * u, 2 * Math.PI * random()] as const;
  });
  const scale = Math.sqrt(2 / count);
  return ([x, y, z]) =>
    scale * parts.reduce((sum, [a, b, c, d]) => sum + Math.sin(a * x! + b * y! + c * z! + d), 0);
}

/**
 * A TOF-MRA-like image of vessels in a head, deterministic by seed: tissue classes, partial volume at the
 * vessel wall, inflow that fades upwards and in thin vessels, coil shading and Rician noise.
 *
 * @param distance signed distance to the vessel wall, mm, positive inside, x fastest
 */
export function simulateAngiogram(
  distance: Float32Array,
  geometry: Geometry,
  seed: number,
): Volume {
  const random = mulberry32(seed);
  const [folds, texture, shading] = [
    waves(random, 24, 9, 22),
    waves(random, 24, 4, 9),
    waves(random, 6, 150, 320),
  ];
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const { dims, spacing } = geometry;
  const blur = Math.cbrt(spacing[0] * spacing[1] * spacing[2]);
  const data = new Int16Array(voxelCount(geometry));

  const tissue = (p: readonly number[]): number => {
    if (shell(p, HEAD.skin) > 1) return SIGNAL.air;
    if (shell(p, HEAD.skull) > 1) return SIGNAL.fat * (1 + 0.06 * texture(p));
    if (shell(p, HEAD.brain) > 1) return SIGNAL.skull;
    const rim = shell(p, HEAD.brain) > 0.96;
    const fold = folds(p);
    if (rim || fold > 1.35) return SIGNAL.csf;
    return (fold > 0.3 ? SIGNAL.gray : SIGNAL.white) * (1 + 0.04 * texture(p));
  };

  for (let voxel = 0, k = 0; k < dims[2]; k++)
    for (let j = 0; j < dims[1]; j++)
      for (let i = 0; i < dims[0]; i++, voxel++) {
        const p = indexToWorld(geometry, [i, j, k]);
        const lumen = Math.min(1, Math.max(0, 0.5 + distance[voxel]! / blur));
        const inflow = SIGNAL.vesselHigh + (SIGNAL.vesselLow - SIGNAL.vesselHigh) * (k / dims[2]);
        const background = tissue(p);
        const signal = (background + lumen * (inflow - background)) * (1 + 0.12 * shading(p));
        data[voxel] = Math.round(
          Math.hypot(signal + SIGNAL.noise * normal(), SIGNAL.noise * normal()),
        );
      }
  return { data, geometry };
}
