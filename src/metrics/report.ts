import type { Betti } from '../topology/betti';
import type { Vec3 } from '../volume/geometry';
import type { TopologyErrorKind } from './topologyErrors/topologyErrors';

export type { Betti } from '../topology/betti';

/** What a mask alone shows, and how its topology differs from a reference. */
export type FindingKind = 'island' | 'gap' | 'spur' | 'loop' | 'cavity' | TopologyErrorKind;

/** One thing that a reader should look at, with the place to jump to. */
export interface Finding {
  readonly id: number;
  readonly kind: FindingKind;
  readonly severity: 'info' | 'warning';
  /** LPS mm; the viewports jump here. */
  readonly position: Vec3;
  /** Length of a gap, bridge, spur, loop or branch in mm; volume of a component or cavity in mm³. */
  readonly value: number;
  readonly unit: 'mm' | 'mm³';
}

/** One 26-connected component. */
export interface ComponentSummary {
  /** From 1, largest first. */
  readonly id: number;
  readonly voxels: number;
  /** ml. */
  readonly volume: number;
  /** On its longest centerline, LPS mm. */
  readonly position: Vec3;
}

/** A mask against a reference on the same grid. NaN never appears: both empty scores 1, one empty scores 0. */
export interface ReferenceComparison {
  readonly dice: number;
  readonly clDice: number;
  /** Share of our skeleton inside the reference. */
  readonly tprec: number;
  /** Share of the reference's skeleton inside our mask. */
  readonly tsens: number;
  /** Share of the reference's tubed skeleton (Skeleton Recall) inside our mask. */
  readonly skeletonRecall: number;
  readonly bettiReference: Betti;
  /** |β0|, |β1|, |β2| errors. */
  readonly bettiError: Betti;
  /** Whether the masks have so few components, loops and cavities that the differences are looked for. */
  readonly located: boolean;
  /** How the topologies differ, with places. */
  readonly findings: readonly Finding[];
}

/** What we say about a mask, with or without a reference. */
export interface QcReport {
  readonly connectivity: { readonly foreground: 26; readonly background: 6 };
  readonly betti: Betti;
  /** ml. */
  readonly volume: number;
  readonly components: readonly ComponentSummary[];
  readonly findings: readonly Finding[];
  /** `pass`: no warning; `review`: warnings to look at; `empty`: no vessel voxel at all. */
  readonly verdict: 'pass' | 'review' | 'empty';
  readonly reference?: ReferenceComparison;
}
