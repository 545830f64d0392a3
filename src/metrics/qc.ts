import type { CenterlineGraph } from '../centerline/graph';
import { labelComponents, type Components } from '../topology/components';
import { indexToWorld, voxelVolume, type Geometry, type Vec3 } from '../volume/geometry';
import type { Mask } from '../volume/volume';
import { compareWithReference } from './compare';
import { cavities } from './findings/cavities';
import { gaps } from './findings/gaps';
import { islands } from './findings/islands';
import type { Draft } from './findings/limits';
import { loops } from './findings/loops';
import { spurs } from './findings/spurs';
import { topologyOf, type MaskTopology } from './pair';
import type { ComponentSummary, Finding, QcReport } from './report';

/**
 * Judge a mask: topology (foreground 26-connected, background 6-connected), volume, components, and findings
 * with a place each; against a reference on the same grid also overlap, clDice, skeleton recall, Betti errors,
 * and where the topologies differ. Limits of the findings: `FINDING_LIMITS`.
 *
 * Findings come by kind (gaps shortest first, the others as their functions say) with ids from 1; those of the
 * comparison go on counting. The verdict is `review` as soon as one of them is a warning.
 *
 * @param mask any value but 0 is foreground
 * @param graph its centerlines, from `extractCenterlines`
 * @param reference on the mask's grid (the caller has checked it); any value but 0 is foreground
 * @param topology of the mask, where it is there already
 * @throws InputError `volume.length`, `volume.dims`, `volume.too-large`, `volume.spacing`
 */
export function qcReport(
  mask: Mask,
  graph: CenterlineGraph,
  reference?: Uint8Array,
  topology: MaskTopology = topologyOf(mask.data, mask.geometry.dims),
): QcReport {
  const { data, geometry } = mask;
  const { betti } = topology;
  const components = labelComponents(data, geometry.dims, 26);
  const summaries = summarise(components, graph, geometry);
  const findings = numbered(
    [
      ...gaps(components, graph, geometry),
      ...islands(summaries),
      ...(betti.b2 > 0 ? cavities(mask) : []),
      ...loops(graph),
      ...spurs(graph),
    ],
    1,
  );
  const comparison = reference && compareWithReference(mask, topology, reference);
  const compared = numbered(comparison?.findings ?? [], findings.length + 1);
  const isSuspect =
    comparison?.located === false ||
    [...findings, ...compared].some(({ severity }) => severity === 'warning');
  return {
    connectivity: { foreground: 26, background: 6 },
    betti,
    volume: summaries.reduce((sum, { volume }) => sum + volume, 0),
    components: summaries,
    findings,
    verdict: components.count === 0 ? 'empty' : isSuspect ? 'review' : 'pass',
    ...(comparison && { reference: { ...comparison, findings: compared } }),
  };
}

const numbered = (drafts: readonly Draft[], from: number): Finding[] =>
  drafts.map((draft, at) => ({ id: from + at, ...draft }));

function summarise(
  { count, sizes, seeds }: Components,
  graph: CenterlineGraph,
  geometry: Geometry,
): ComponentSummary[] {
  const places = new Map<number, Vec3>();
  for (const { component, position } of graph.nodes)
    if (!places.has(component)) places.set(component, position);
  // The first branch of a component is its longest; its middle shows more of it than a node does.
  for (const { component, points } of [...graph.branches].reverse()) {
    const middle = 3 * Math.floor(points.length / 6);
    places.set(component, [points[middle], points[middle + 1], points[middle + 2]]);
  }
  const [nx, ny] = geometry.dims;
  const seedOf = (c: number): Vec3 => {
    const line = Math.floor(seeds[c] / nx);
    return indexToWorld(geometry, [seeds[c] - line * nx, line % ny, Math.floor(line / ny)]);
  };
  return Array.from({ length: count }, (_, c) => ({
    id: c + 1,
    voxels: sizes[c],
    volume: (sizes[c] * voxelVolume(geometry)) / 1000,
    position: places.get(c + 1) ?? seedOf(c),
  }));
}
