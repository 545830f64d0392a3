import type { CenterlineBranch, CenterlineGraph } from '../../centerline/graph';
import type { Vec3 } from '../../volume/geometry';
import { FINDING_LIMITS, SEVERITY, type Draft } from './limits';

/**
 * Terminal branches that hardly leave the vessel they sit on, longest first: shorter than `spurRadii` times its
 * radius at the bifurcation. Rough walls and blunt ends make them. The two longest branches of a bifurcation
 * are the vessel itself and no spurs.
 */
export function spurs({ nodes, branches }: CenterlineGraph): Draft[] {
  const found: { length: number; tip: Vec3 }[] = [];
  const atNode = new Map<number, CenterlineBranch[]>(nodes.map(({ id }) => [id, []]));
  for (const branch of branches)
    for (const id of new Set([branch.from, branch.to])) atNode.get(id)?.push(branch);

  for (const { id, kind } of nodes) {
    if (kind !== 'bifurcation') continue;
    const byLength = [...(atNode.get(id) ?? [])].sort((a, b) => b.length - a.length);
    for (const branch of byLength.slice(2)) {
      const startsHere = branch.from === id;
      const tip = nodes[(startsHere ? branch.to : branch.from) - 1];
      const radius = branch.radii[startsHere ? 0 : branch.radii.length - 1];
      if (tip.kind === 'end' && branch.length < FINDING_LIMITS.spurRadii * radius)
        found.push({ length: branch.length, tip: tip.position });
    }
  }
  return found
    .sort((a, b) => b.length - a.length)
    .map(({ length, tip }) => ({
      kind: 'spur',
      severity: SEVERITY.spur,
      position: tip,
      value: length,
      unit: 'mm',
    }));
}
