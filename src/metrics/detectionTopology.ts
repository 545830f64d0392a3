import { labelBetti, type Labelmap, type LabelTopology } from '../topology/labelBetti';
import { checkVoxels } from '../volume/checks';
import type { Vec3 } from '../volume/geometry';
import type { Voxels } from '../volume/volume';
import { detectionOf, type Detection } from './detection';
import { labelNeighbours } from './labelNeighbours';
import { toLabels } from './labels';
import { boxOf, cropAround, maskOfLabel } from './labelsCrop';
import { overlap, type Overlap } from './overlap';

/** The labels of TopCoW (2024), the circle of Willis. */
export const COW = Object.freeze({
  BA: 1,
  'R-PCA': 2,
  'L-PCA': 3,
  'R-ICA': 4,
  'R-MCA': 5,
  'L-ICA': 6,
  'L-MCA': 7,
  'R-Pcom': 8,
  'L-Pcom': 9,
  Acom: 10,
  'R-ACA': 11,
  'L-ACA': 12,
  '3rd-A2': 15,
});

/** An edge of the graph: a label that is there, and that touches another where one is named. */
interface Edge {
  readonly label: number;
  readonly touches?: number;
}

interface Part {
  /** The labels whose topology must match. */
  readonly labels: readonly number[];
  readonly edges: Readonly<Record<string, Edge>>;
  /** Pairs [left, right] that tell the sides apart; the first that is there does. */
  readonly sides: readonly (readonly [number, number])[];
}

/** The two graphs of the circle of Willis. */
const PARTS = Object.freeze({
  anterior: {
    labels: [COW.Acom, COW['R-ACA'], COW['L-ACA'], COW['3rd-A2']],
    edges: {
      'L-A1': { label: COW['L-ACA'], touches: COW['L-ICA'] },
      Acom: { label: COW.Acom },
      '3rd-A2': { label: COW['3rd-A2'] },
      'R-A1': { label: COW['R-ACA'], touches: COW['R-ICA'] },
    },
    sides: [
      [COW['L-ICA'], COW['R-ICA']],
      [COW['L-ACA'], COW['R-ACA']],
    ],
  },
  posterior: {
    labels: [COW['R-PCA'], COW['L-PCA'], COW['R-Pcom'], COW['L-Pcom']],
    edges: {
      'L-Pcom': { label: COW['L-Pcom'] },
      'L-P1': { label: COW['L-PCA'], touches: COW.BA },
      'R-P1': { label: COW['R-PCA'], touches: COW.BA },
      'R-Pcom': { label: COW['R-Pcom'] },
    },
    sides: [[COW['L-PCA'], COW['R-PCA']]],
  },
}) satisfies Readonly<Record<string, Part>>;

/** The topology of one label on one side of a pair. */
export interface VesselTopology {
  readonly b0: number;
  /** Labels that it touches (26 neighbours), rising. */
  readonly neighbours: readonly number[];
}

/** One side of a pair: its edges (0 or 1) and its labels. */
export interface PartTopology {
  readonly edges: Readonly<Record<string, 0 | 1>>;
  readonly labels: Readonly<Record<number, VesselTopology>>;
}

export interface TopologyMatch {
  readonly prediction: PartTopology;
  readonly reference: PartTopology;
  readonly detection: Readonly<Record<number, Detection>>;
  /** Whether the prediction's left vessels lie to the right of its right ones. */
  readonly flipped: boolean;
  /** Every label detected (TP) or rightly absent (TN), with the same β0 and neighbours, and the sides not flipped. */
  readonly match: boolean;
}

/**
 * Topology match of two labelmaps of the circle of Willis as TopCoW defines it, for the anterior and the posterior
 * graph.
 *
 * @param prediction labels of {@link COW}; x fastest and rising to the patient's left, as in LPS
 * @param reference on the same grid
 * @param dims [nx, ny, nz]
 * @throws InputError `volume.length`, `volume.dims`, `volume.too-large`, `labels.value`
 */
export function topologyMatch(
  prediction: Voxels,
  reference: Voxels,
  dims: Vec3,
): Record<keyof typeof PARTS, TopologyMatch> {
  checkVoxels(prediction, dims, 'prediction');
  checkVoxels(reference, dims, 'reference');
  const ours = describe(toLabels(prediction, 'prediction'), dims);
  const theirs = describe(toLabels(reference, 'reference'), dims);
  const matchOf = (part: Part): TopologyMatch => {
    const detection = Object.fromEntries(
      part.labels.map((label) => [label, detectionOf(overlapOf(label, ours, theirs, dims))]),
    );
    const [found, wanted] = [topologyOf(part, ours), topologyOf(part, theirs)];
    const flipped = isFlipped(part, ours.map, dims);
    const same = (label: number) =>
      RIGHT.has(detection[label]) &&
      found.labels[label].b0 === wanted.labels[label].b0 &&
      found.labels[label].neighbours.join() === wanted.labels[label].neighbours.join();
    const match = !flipped && part.labels.every(same);
    return { prediction: found, reference: wanted, detection, flipped, match };
  };
  return { anterior: matchOf(PARTS.anterior), posterior: matchOf(PARTS.posterior) };
}

const RIGHT: ReadonlySet<Detection> = new Set(['TP', 'TN']);

/** A labelmap with what its labels are. */
interface Side extends LabelTopology {
  readonly map: Labelmap;
  readonly neighbours: ReadonlyMap<number, readonly number[]>;
}

const describe = (map: Labelmap, dims: Vec3): Side => ({
  map,
  neighbours: labelNeighbours(map, dims),
  ...labelBetti(map, dims),
});

/** Voxels of a label in two maps and in both. */
function overlapOf(label: number, a: Side, b: Side, dims: Vec3): Overlap {
  const crop = cropAround(boxOf(label, a, b), dims);
  return overlap(maskOfLabel(a.map, dims, crop, label), maskOfLabel(b.map, dims, crop, label));
}

function topologyOf(part: Part, { labels, neighbours }: Side): PartTopology {
  const touches = (label: number) => neighbours.get(label) ?? [];
  const isThere = ({ label, touches: other }: Edge) =>
    labels.has(label) && (other === undefined || touches(label).includes(other));
  return {
    edges: Object.fromEntries(
      Object.entries(part.edges).map(([name, edge]) => [name, isThere(edge) ? 1 : 0]),
    ),
    labels: Object.fromEntries(
      part.labels.map((label) => [
        label,
        { b0: labels.get(label)?.betti.b0 ?? 0, neighbours: touches(label) },
      ]),
    ),
  };
}

/** Whether the median x of a left vessel is less than that of its right twin. */
function isFlipped({ sides }: Part, labels: Labelmap, [nx]: Vec3): boolean {
  for (const [left, right] of sides) {
    const xs = (label: number) => medianX(labels, nx, label);
    const [l, r] = [xs(left), xs(right)];
    if (l !== undefined && r !== undefined) return l < r;
  }
  return false;
}

/** Median x index of a label's voxels, the mean of the middle two where they are even in number. */
function medianX(labels: Labelmap, nx: number, label: number): number | undefined {
  const at = new Uint32Array(nx);
  let count = 0;
  for (let i = labels.indexOf(label); i >= 0; i = labels.indexOf(label, i + 1), count++)
    at[i % nx]++;
  if (count === 0) return undefined;
  const ranked = (rank: number) => {
    let x = 0;
    for (let seen = at[0]; seen <= rank; seen += at[++x]);
    return x;
  };
  return (ranked(Math.floor((count - 1) / 2)) + ranked(Math.floor(count / 2))) / 2;
}
