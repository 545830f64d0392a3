import type { Vec3 } from '@vessels/volume/geometry';

/** A vessel: points of its centerline with the lumen's radius at each, LPS mm, origin at the slab's centre. */
export interface Vessel {
  readonly name: string;
  /** [x, y, z, radius] in mm; the curve through them is smooth (Catmull-Rom). */
  readonly points: readonly (readonly [number, number, number, number])[];
}

/** A bulge on a vessel wall. */
export interface Aneurysm {
  readonly center: Vec3;
  readonly radius: number;
}

type Point = readonly [number, number, number, number];

/** The same vessel on the patient's right (x < 0) and left (x > 0). */
const both = (name: string, points: readonly Point[]): Vessel[] => [
  { name: `right ${name}`, points: points.map(([x, y, z, r]) => [-x, y, z, r] as const) },
  { name: `left ${name}`, points },
];

const CAROTID_TOP: Point = [11, -2, -4, 1.9];
const ACOM_END: Point = [2.4, -14, 0, 1.1];
const BASILAR_TIP: Point = [0, 13, -4, 1.4];
const PCOM_END: Point = [8, 14, -3, 1.1];
const MCA_FORK: Point = [30, -3, -2, 1.2];

/** Narrowest radius of the stenosis on the left M1, mm; the healthy vessel has 1.5. */
export const STENOSIS_RADIUS = 0.65;

/** The left M1 carries the stenosis, so it is the one vessel without a mirror image. */
const m1 = (side: 1 | -1, waist: number): Point[] => [
  [side * CAROTID_TOP[0], CAROTID_TOP[1], CAROTID_TOP[2], 1.6],
  [side * 16, -3.5, -3.6, 1.5],
  [side * 19, -4, -3.2, 1.5],
  [side * 20.5, -4, -3, waist],
  [side * 22, -4, -2.9, 1.5],
  [side * MCA_FORK[0], MCA_FORK[1], MCA_FORK[2], 1.3],
];

/**
 * Arteries of the head around a complete circle of Willis. Lengths and radii are of the order found in
 * anatomy; the ring closes through the anterior (Acom) and both posterior (Pcom) communicating arteries,
 * so the truth has one component, one loop and no cavity.
 */
export const VESSELS: readonly Vessel[] = [
  ...both('internal carotid artery', [
    [14, 2, -40, 2.4],
    [13, -2, -25, 2.3],
    [12, -9, -19, 2.2],
    [13, -13, -13, 2.2],
    [11.5, -8, -8, 2.1],
    CAROTID_TOP,
  ]),
  ...both('anterior cerebral artery A1', [CAROTID_TOP, [7, -7, -3, 1.2], ACOM_END]),
  {
    name: 'anterior communicating artery',
    points: [
      [-2.4, -14, 0, 0.8],
      [0, -14.6, 0.3, 0.8],
      [2.4, -14, 0, 0.8],
    ],
  },
  ...both('anterior cerebral artery A2', [
    ACOM_END,
    [3, -23, 7, 1.1],
    [2.6, -27, 17, 1.1],
    [2.8, -21, 29, 1],
    [2.8, -10, 40, 1],
  ]),
  { name: 'left middle cerebral artery M1', points: m1(1, STENOSIS_RADIUS) },
  { name: 'right middle cerebral artery M1', points: m1(-1, 1.5) },
  ...both('middle cerebral artery, superior M2', [
    MCA_FORK,
    [37, -1, 5, 1.1],
    [43, 6, 13, 1],
    [45, 17, 22, 0.95],
    [43, 28, 30, 0.9],
  ]),
  ...both('middle cerebral artery, frontal branch', [
    [37, -1, 5, 0.95],
    [42, -10, 12, 0.9],
    [45, -20, 20, 0.85],
  ]),
  ...both('middle cerebral artery, inferior M2', [
    MCA_FORK,
    [37, 3, -5, 1.1],
    [44, 14, -2, 1],
    [47, 28, 5, 0.9],
  ]),
  ...both('posterior communicating artery', [CAROTID_TOP, [10.5, 5, -5.5, 0.8], PCOM_END]),
  ...both('posterior cerebral artery P1', [BASILAR_TIP, [4, 12.5, -3.5, 1.2], PCOM_END]),
  ...both('posterior cerebral artery P2', [
    PCOM_END,
    [16, 21, -1, 1.1],
    [20, 34, 3, 1],
    [16, 50, 8, 0.95],
    [11, 62, 14, 0.85],
  ]),
  ...both('superior cerebellar artery', [
    [0, 14.5, -9, 1],
    [7, 16, -10, 0.9],
    [15, 24, -9, 0.85],
    [22, 34, -6, 0.8],
  ]),
  {
    name: 'basilar artery',
    points: [[0, 25, -22, 1.7], [0, 19, -16, 1.7], [0, 14.5, -9, 1.6], BASILAR_TIP],
  },
  ...both('vertebral artery', [
    [10, 36, -40, 1.6],
    [6, 32, -30, 1.6],
    [0, 25, -22, 1.6],
  ]),
];

/** A saccular aneurysm on the anterior communicating artery. */
export const ANEURYSM: Aneurysm = { center: [0.4, -18, 0.4], radius: 3 };
