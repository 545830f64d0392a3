import { bettiNumbers } from '../topology/betti';
import { checkVoxels } from '../volume/checks';
import type { Vec3 } from '../volume/geometry';
import type { Voxels } from '../volume/volume';
import { detectionOf, type Detection } from './detection';
import { labelNeighbours } from './labelNeighbours';
import { toLabels, type Labels } from './labels';
import { countLabels, type PairVoxels } from './labelsCount';
import { cropAround, maskOfClass } from './labelsCrop';

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
export interface LabelTopology {
  readonly b0: number;
  /** Labels that it touches (26 neighbours), rising. */
  readonly neighbours: readonly number[];
}

/** One side of a pair: its edges (0 or 1) and its labels. */
export interface PartTopology {
  readonly edges: Readonly<Record<string, 0 | 1>>;
  readonly labels: Readonly<Record<number, LabelTopology>>;
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
  const sides = {
    prediction: sideOf(toLabels(prediction, 'prediction'), dims),
    reference: sideOf(toLabels(reference, 'reference'), dims),
  };
  const { classes } = countLabels(sides.prediction.labels, sides.reference.labels, dims);
  const matchOf = (part: Part): TopologyMatch => {
    const ours = topologyOf(part, sides.prediction, classes, dims);
    const theirs = topologyOf(part, sides.reference, classes, dims);
    const detection = Object.fromEntries(
      part.labels.map((label) => [
        label,
        detectionOf(classes.get(label) ?? { a: 0, b: 0, both: 0 }),
      ]),
    );
    const flipped = isFlipped(part, sides.prediction.labels, dims);
    const same = (label: number) =>
      ours.labels[label].b0 === theirs.labels[label].b0 &&
      ours.labels[label].neighbours.join() === theirs.labels[label].neighbours.join() &&
      RIGHT.has(detection[label]);
    const match = !flipped && part.labels.every(same);
    return { prediction: ours, reference: theirs, detection, flipped, match };
  };
  return { anterior: matchOf(PARTS.anterior), posterior: matchOf(PARTS.posterior) };
}

const RIGHT: ReadonlySet<Detection> = new Set(['TP', 'TN']);

interface Side {
  readonly labels: Labels;
  readonly neighbours: ReadonlyMap<number, readonly number[]>;
}

const sideOf = (labels: Labels, dims: Vec3): Side => ({
  labels,
  neighbours: labelNeighbours(labels, dims),
});

function topologyOf(
  part: Part,
  { labels, neighbours }: Side,
  classes: PairVoxels['classes'],
  dims: Vec3,
): PartTopology {
  const touches = (label: number) => neighbours.get(label) ?? [];
  const b0 = (label: number): number => {
    const voxels = classes.get(label);
    if (!voxels) return 0;
    const crop = cropAround(voxels.box, dims);
    return bettiNumbers(maskOfClass(labels, dims, crop, label), crop.dims).b0;
  };
  const isThere = ({ label, touches: other }: Edge) =>
    neighbours.has(label) && (other === undefined || touches(label).includes(other));
  return {
    edges: Object.fromEntries(
      Object.entries(part.edges).map(([name, edge]) => [name, isThere(edge) ? 1 : 0]),
    ),
    labels: Object.fromEntries(
      part.labels.map((label) => [label, { b0: b0(label), neighbours: touches(label) }]),
    ),
  };
}

/** Whether the median x of a left vessel is less than that of its right twin. */
function isFlipped({ sides }: Part, labels: Labels, [nx]: Vec3): boolean {
  for (const [left, right] of sides) {
    const xs = (label: number) => medianX(labels, nx, label);
    const [l, r] = [xs(left), xs(right)];
    if (l !== undefined && r !== undefined) return l < r;
  }
  return false;
}

/** Median x index of a label's voxels, the mean of the middle two where they are even in number. */
function medianX(labels: Labels, nx: number, label: number): number | undefined {
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
