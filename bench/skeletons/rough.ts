import { skeletonize2d } from '@vessels/skeleton/planar/skeletonize2d';
import { neighbourCount } from '@vessels/skeleton/neighbours';
import { skeletonize } from '@vessels/skeleton/thinning';
import { bettiNumbers } from '@vessels/topology/betti';
import type { Vec3 } from '@vessels/volume/geometry';
import { dilated } from '../models/region';
import type { Column } from '../table';
import type { SkeletonCase } from './cases';
import type { Method } from './methods';
import { roughened } from './roughened';

/** How a method copes with the bumps that a segmentation leaves on a vessel's surface. */
export interface RoughVerdict {
  /** Voxels of the skeleton for each of the clean mask's. */
  readonly length: number;
  /** Betti errors against the rough mask. */
  readonly b0: number;
  readonly b1: number;
  /** Ends beyond those of the clean mask's skeleton. */
  readonly spurs: number;
  /** Shares within one voxel of the clean skeleton, and of this one. */
  readonly recall: number;
  readonly precision: number;
  /** Share of the clean skeleton's ends with an end of this one within three voxels. */
  readonly ends: number;
}

/** Where the lines of a skeleton end; 0 or 1. */
function endsOf(skeleton: Uint8Array, dims: Vec3): Uint8Array {
  const ends = new Uint8Array(skeleton.length);
  for (let v = skeleton.indexOf(1); v >= 0; v = skeleton.indexOf(1, v + 1))
    ends[v] = Number(neighbourCount(skeleton, dims, v) === 1);
  return ends;
}

const count = (mask: Uint8Array) => mask.reduce((sum, v) => sum + v, 0);

/** Share of the voxels of `of` that lie within `mm` voxels of `to`. */
function share(of: Uint8Array, to: Uint8Array, dims: Vec3, far: number): number {
  const near = dilated(to, { dims, spacing: [1, 1, 1] }, far);
  return count(of.map((v, i) => v & near[i])) / Math.max(1, count(of));
}

/** @param clean skeleton of the clean mask */
function judgeRough(
  rough: Uint8Array,
  skeleton: Uint8Array,
  clean: Uint8Array,
  dims: Vec3,
): RoughVerdict {
  const [of, is] = [bettiNumbers(rough, dims), bettiNumbers(skeleton, dims)];
  const [ends, cleanEnds] = [endsOf(skeleton, dims), endsOf(clean, dims)];
  return {
    length: count(skeleton) / count(clean),
    b0: Math.abs(is.b0 - of.b0),
    b1: Math.abs(is.b1 - of.b1),
    spurs: count(ends) - count(cleanEnds),
    recall: share(clean, skeleton, dims, Math.sqrt(3)),
    precision: share(skeleton, clean, dims, Math.sqrt(3)),
    ends: share(cleanEnds, ends, dims, 3),
  };
}

/** One method on the rough twins of a mask; means. */
export interface RoughRow extends RoughVerdict {
  readonly case: string;
  readonly method: string;
}

const SEEDS = [1, 2, 3];
/** How far the surface is moved, voxels (standard deviation). */
const BUMPS = 0.8;
/** The rough table is made of these: smooth masks whose skeleton is known. */
const SMOOTH: ReadonlySet<string> = new Set([
  'tree128',
  'tree128, drawn',
  'tree128, seen along z',
  'tree128, drawn, seen along z',
]);

export const roughCases = (cases: readonly SkeletonCase[]): SkeletonCase[] =>
  cases.filter(({ name }) => SMOOTH.has(name));

/** What the methods make of rough twins of a smooth mask. */
export async function roughRows(
  { name, mask, dims }: SkeletonCase,
  methods: readonly Method[],
): Promise<RoughRow[]> {
  const flat = dims[2] === 1;
  const clean = flat ? skeletonize2d(mask, [dims[0], dims[1]]) : skeletonize(mask, dims);
  const twins = SEEDS.map((seed) => roughened(mask, clean, dims, BUMPS, seed));
  const rows: RoughRow[] = [];
  for (const method of methods) {
    const verdicts: RoughVerdict[] = [];
    for (const twin of twins)
      verdicts.push(judgeRough(twin, await method.thin(twin, dims), clean, dims));
    const mean = (key: keyof RoughVerdict) =>
      verdicts.reduce((sum, verdict) => sum + verdict[key], 0) / verdicts.length;
    rows.push({
      case: name,
      method: method.name,
      length: mean('length'),
      b0: mean('b0'),
      b1: mean('b1'),
      spurs: mean('spurs'),
      recall: mean('recall'),
      precision: mean('precision'),
      ends: mean('ends'),
    });
  }
  return rows;
}

const fixed = (digits: number, key: keyof RoughVerdict, title: string): Column<RoughRow> => ({
  title,
  cell: (row) => row[key].toFixed(digits),
  numbers: true,
});

export const ROUGH_COLUMNS: readonly Column<RoughRow>[] = [
  { title: 'method', cell: (row) => row.method },
  fixed(2, 'length', 'length'),
  fixed(1, 'b0', 'Δβ0'),
  fixed(1, 'b1', 'Δβ1'),
  fixed(1, 'spurs', 'spurs'),
  fixed(3, 'recall', 'recall'),
  fixed(3, 'precision', 'precision'),
  fixed(3, 'ends', 'ends found'),
];
