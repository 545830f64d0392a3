import type { BitVolume } from '../../../volume/bits';
import { closuresOf } from './closures';
import type { Descent } from './descent';
import { PotentialSets } from './potentials';
import { componentsOfRuns, pieceAt } from '../pieces';
import { runsOfBoth } from '../runs';
import type { Retraction } from './retract';
import type { Stretch } from '../stretches';
import type { Span } from './vectors';
import { ShutSteps, wayBetween } from './ways';

/**
 * The loops of the `added` mask of a descent that it closes with voxels outside `kept`: as many as its loops
 * have dimensions relative to `kept` (rank of H1(added) → H1(union, kept)), each as a ring of skeleton voxels.
 *
 * The skeleton is a graph whose edges know which handles they pass. Built up from the ways that pass none, then
 * from the shortest on, a step that closes a ring which the earlier rings and relations do not span is a loop.
 *
 * @param skeleton of `added`, homotopic to it
 * @param stretches of the skeleton outside `kept`
 * @param relations sums of handles that come to nothing; grows by the loops found
 */
export function closedLoops(
  { grid, kept }: Descent,
  skeleton: BitVolume,
  stretches: readonly Stretch[],
  retraction: Retraction,
  relations: Span,
): number[][] {
  const pieces = componentsOfRuns(runsOfBoth(skeleton, kept), kept.rowsPerPlane);
  const nodes = pieces.runs.count;
  const graph = new PotentialSets();
  const steps = stretches
    .flatMap((stretch, s) => {
      const node = nodes + s;
      return closuresOf(stretch, retraction).map((closure) => ({
        ...closure,
        ends: [node, closure.leaves ? pieceAt(pieces, grid, closure.to[0]) : node] as const,
      }));
    })
    .sort(
      (a, b) => Number(a.handles.length > 0) - Number(b.handles.length > 0) || a.length - b.length,
    );

  const shut = new ShutSteps();
  for (const { from, to, handles } of steps) if (handles.length > 0) shut.shut(from, to);
  const loops: number[][] = [];
  for (const { from, to, ends, handles } of steps) {
    const around = graph.join(...ends, handles);
    if (around && relations.add(around)) loops.push(wayBetween(grid, skeleton, from, to[0], shut));
    if (handles.length > 0) shut.open(from, to);
  }
  return loops;
}
