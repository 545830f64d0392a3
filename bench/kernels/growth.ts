import type { Vec3 } from '@vessels/volume/geometry';
import { saveCanvas } from './cases/files';
import { blank, type Canvas } from './cases/paint';
import { rods } from './cases/rods';
import { scattered } from './cases/scattered';
import { tree } from './cases/tree';
import { measureInNode } from './node';
import { OPERATIONS, type OperationName } from './operations';
import type { Plot } from './plot';
import type { Peers } from './python';

/** How cost grows with one property of a mask, the others kept. */
interface Sweep {
  readonly name: string;
  readonly title: string;
  readonly x: string;
  readonly cases: readonly { readonly x: number | 'voxels'; readonly draw: () => Canvas }[];
}

/** Operations that the curves show, with the peers whose curves stand beside them. */
const SHOWN: readonly OperationName[] = Object.freeze(['safe', 'compatible', 'betti', 'radii']);
const PEERS = Object.freeze([
  { call: 'lee', label: 'scikit-image Lee' },
  { call: 'betti', label: 'scipy label ×2 + Euler' },
]);

const REPEATS = 3;
const PEER_RUNS = 1;
const SIDE = 256;
const CUBE: Vec3 = [SIDE, SIDE, SIDE];
const ROOT: Vec3 = [0.5, 0.05, 0.5];
const ROD_VOXELS = 600_000;

/** A small tree in the middle of an empty volume. */
function inMiddle(side: number, small: Canvas): Canvas {
  const large = blank([side, side, side]);
  const [nx, ny, nz] = small.dims;
  const shift = (side - nx) >> 1;
  for (let z = 0; z < nz; z++)
    for (let y = 0; y < ny; y++) {
      const from = nx * (y + ny * z);
      large.mask.set(
        small.mask.subarray(from, from + nx),
        shift + side * (y + shift + side * (z + shift)),
      );
    }
  return large;
}

const smallTree = () => tree([128, 128, 128], { radius: [5, 1.2], density: 0.05, root: ROOT }, 7);

const SWEEPS: readonly Sweep[] = Object.freeze([
  {
    name: 'foreground',
    title: `More vessels in a volume of ${SIDE}³`,
    x: 'foreground voxels',
    cases: [0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.25].map((density) => ({
      x: 'voxels' as const,
      draw: () => scattered(CUBE, 2.5, 60, density, 8),
    })),
  },
  {
    name: 'volume',
    title: 'The same vessels in a larger volume',
    x: 'voxels of the volume',
    cases: [128, 192, 256, 384, 512].map((side) => ({
      x: side ** 3,
      draw: () => inMiddle(side, smallTree()),
    })),
  },
  {
    name: 'thickness',
    title: `Fewer and thicker vessels, ${ROD_VOXELS / 1000} 000 voxels in ${SIDE}³`,
    x: 'radius of the vessels, voxels',
    cases: [1.5, 3, 6, 12, 24, 48].map((radius) => ({
      x: radius,
      draw: () => rods(CUBE, radius, ROD_VOXELS),
    })),
  },
]);

/** Processor seconds of one curve at one place: others at work on the machine would show as bumps. */
export interface GrowthPoint {
  readonly sweep: string;
  readonly curve: string;
  readonly peer: boolean;
  readonly x: number;
  readonly seconds: number;
}

/** Measure all curves. @param quick two places a sweep */
export function measureGrowth(peers: Peers | undefined, quick: boolean): GrowthPoint[] {
  return SWEEPS.flatMap(({ name, cases }) =>
    (quick ? cases.slice(0, 2) : cases).flatMap(({ x, draw }, i) => {
      const one = saveCanvas(`growth-${name}-${i}`, draw());
      const at = { sweep: name, x: x === 'voxels' ? one.voxels : x };
      const ours = SHOWN.map((operation) => ({
        ...at,
        curve: OPERATIONS[operation].title,
        peer: false,
        seconds: measureInNode(operation, one, REPEATS).cpu!,
      }));
      const theirs = PEERS.flatMap(({ call, label }) => {
        const measured = peers?.measure(call, one, PEER_RUNS);
        return measured ? [{ ...at, curve: label, peer: true, seconds: measured.cpu }] : [];
      });
      return [...ours, ...theirs];
    }),
  );
}

/** A plot of each sweep by name. */
export const growthPlots = (points: readonly GrowthPoint[]): ReadonlyMap<string, Plot> =>
  new Map(
    SWEEPS.filter(({ name }) => points.some(({ sweep }) => sweep === name)).map(
      ({ name, title, x }) => {
        const own = points.filter(({ sweep }) => sweep === name);
        const series = [...new Set(own.map(({ curve }) => curve))].map((curve) => {
          const line = own.filter((point) => point.curve === curve);
          return {
            name: curve,
            points: line.map((point) => [point.x, 1000 * point.seconds] as const),
            dashed: line[0].peer,
          };
        });
        return [name, { title, x, y: 'processor time, ms', series }];
      },
    ),
  );
