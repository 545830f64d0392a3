import type { Geometry, Vec3 } from '@vessels/volume/geometry';
import type { Mask } from '@vessels/volume/volume';
import { VESSELS, type Vessel } from './anatomy';
import { forBall, maskOf, signedDistance } from './phantom';

const vessel = (name: string): Vessel => VESSELS.find((v) => v.name === name)!;

/** What is wrong in the second SEG, and where (LPS mm): QC must find each. */
export const MISTAKES = Object.freeze({
  /** A piece cut out of the right posterior cerebral artery. */
  gap: { center: [-19.9, 33, 2.75] as Vec3, radius: 2.5 },
  /** A false connection between the two A2, which run side by side. */
  bridge: { from: [-2.6, -27, 17] as Vec3, to: [2.6, -27, 17] as Vec3, radius: 0.9 },
  /** A blob far from every vessel. */
  island: { center: [-30, 30, 24] as Vec3, radius: 2 },
  /** A vessel left out whole but for its root. */
  missedBranch: 'left middle cerebral artery, frontal branch',
});

/** The truth with {@link MISTAKES} made: three components and two loops instead of one and one. */
export function withMistakes(truth: Mask, geometry: Geometry): Mask {
  const data = Uint8Array.from(truth.data);
  const { gap, bridge, island, missedBranch } = MISTAKES;

  const rest = maskOf(
    signedDistance(
      VESSELS.filter((v) => v.name !== missedBranch),
      [],
      geometry,
    ),
    geometry,
  ).data;
  const branch = maskOf(signedDistance([vessel(missedBranch)], [], geometry), geometry).data;
  for (let v = 0; v < data.length; v++) if (branch[v] && !rest[v]) data[v] = 0;

  forBall(geometry, gap.center, gap.radius, (v) => (data[v] = 0));
  forBall(geometry, island.center, island.radius, (v) => (data[v] = 1));
  const tube: Vessel = {
    name: 'false bridge',
    points: [
      [...bridge.from, bridge.radius],
      [...bridge.to, bridge.radius],
    ],
  };
  const extra = maskOf(signedDistance([tube], [], geometry), geometry).data;
  for (let v = 0; v < data.length; v++) if (extra[v]) data[v] = 1;
  return { data, geometry };
}
