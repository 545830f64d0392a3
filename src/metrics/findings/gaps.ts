import type { CenterlineBranch, CenterlineGraph } from '../../centerline/graph';
import { nearestBranch } from '../../centerline/nearest';
import type { Components } from '../../topology/components';
import { UnionFind } from '../../topology/unionFind';
import { indexToWorld, voxelVolume, type Geometry, type Vec3 } from '../../volume/geometry';
import { componentGaps } from './componentGaps';
import { FINDING_LIMITS, SEVERITY, type Draft } from './limits';

/**
 * The shortest gaps between components that lie near each other, shortest first: those that would join
 * components to one another without a detour (a minimum spanning forest). A gap counts where it is short for
 * the thinner of the vessels on its two sides. Told at its middle, with the distance between the surfaces, mm.
 */
export function gaps(components: Components, graph: CenterlineGraph, geometry: Geometry): Draft[] {
  if (components.count < 2) return [];
  const diameterAt = diameters(components, graph, geometry);
  const widest = diameterAt.widest * FINDING_LIMITS.gapDiameters;
  const limit = Math.min(FINDING_LIMITS.gapLength, widest);
  const sets = new UnionFind(components.count + 1);
  return componentGaps(components, geometry.dims, geometry.spacing, limit)
    .sort((p, q) => p.distance - q.distance || p.a - q.a || p.b - q.b)
    .filter(({ a, b, distance, atA, atB }) => {
      if (sets.find(a) === sets.find(b)) return false;
      const isShortFor = (component: number, place: Vec3) =>
        distance <=
        FINDING_LIMITS.gapDiameters * diameterAt.of(component, indexToWorld(geometry, place));
      // a is the smaller component: its diameter is told sooner
      const joins = isShortFor(a, atA) && isShortFor(b, atB);
      if (joins) sets.union(a, b);
      return joins;
    })
    .map(({ distance, atA, atB }) => ({
      kind: 'gap',
      severity: SEVERITY.gap,
      position: indexToWorld(geometry, [
        (atA[0] + atB[0]) / 2,
        (atA[1] + atB[1]) / 2,
        (atA[2] + atB[2]) / 2,
      ]),
      value: distance,
      unit: 'mm',
    }));
}

/** Vessel diameters by component and place; of a component without branches that of a ball of its volume. */
function diameters(components: Components, { branches }: CenterlineGraph, geometry: Geometry) {
  const balls = Array.from(components.sizes, (voxels) =>
    Math.cbrt((6 / Math.PI) * voxels * voxelVolume(geometry)),
  );
  const byComponent = new Map<number, { branches: CenterlineBranch[] }>();
  for (const branch of branches) {
    const known = byComponent.get(branch.component);
    if (known) known.branches.push(branch);
    else byComponent.set(branch.component, { branches: [branch] });
  }

  function of(component: number, place: Vec3): number {
    const lines = byComponent.get(component);
    const nearest = lines && nearestBranch(lines, place);
    return nearest ? 2 * nearest.branch.radii[nearest.point] : balls[component - 1];
  }
  const alone = balls.filter((_, c) => !byComponent.has(c + 1));
  const widest = [...alone, ...branches.map((b) => b.maxDiameter)].reduce((a, b) => Math.max(a, b));
  return { of, widest };
}
