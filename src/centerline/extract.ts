import { skeletonOfBits } from '../skeleton/thinning';
import { labelComponents } from '../topology/components';
import { fillCavities } from '../topology/findCavities';
import { packBits, type BitVolume } from '../volume/bits';
import { InputError } from '../volume/errors';
import { indexToWorld, type Geometry, type Vec3 } from '../volume/geometry';
import type { Mask } from '../volume/volume';
import { collapseCorners } from './collapse';
import { layCurves } from './curve';
import type { CenterlineBranch, CenterlineGraph, CenterlineNode } from './graph';
import { inscribedSpheres, radiusOf, type InscribedSpheres } from './inscribed';
import { measureBranch } from './measure';
import { traceSkeleton, type TracedNode } from './trace';
import { voxelGraph } from './voxelGraph';

/**
 * Centerlines of a mask: the graph of its skeleton (26 neighbours), with lengths and diameters in mm.
 *
 * Skeleton → graph of its voxels without corner triangles → nodes and paths → paths moved to the middle of the
 * vessel and smoothed → radii. Branches − nodes + components equals the number of loops (b1) of the skeleton.
 * Cavities are filled first: thinning would leave a shell round each. A branch ends where the skeleton ends,
 * about one radius before the tip of a blunt vessel.
 *
 * Components are numbered by size; ids of nodes and branches start at 1, nodes in the order of component and
 * place, branches in the order of component and falling length.
 *
 * @param mask any value but 0 is foreground
 * @param skeleton of this mask where there is one already; not used if the mask has cavities
 * @throws InputError `volume.length`, `volume.dims`, `volume.too-large`, `volume.spacing`
 */
export function extractCenterlines(mask: Mask, skeleton?: BitVolume): CenterlineGraph {
  const { geometry } = mask;
  const { dims, spacing } = geometry;
  if (skeleton?.dims.some((n, axis) => n !== dims[axis]))
    throw new InputError(
      'volume.dims',
      `The skeleton has ${skeleton.dims.join('×')} voxels and the mask ${dims.join('×')}; thin this mask.`,
    );
  const solid = fillCavities(mask.data, dims);
  const isOwn = skeleton !== undefined && solid === mask.data;
  const graph = collapseCorners(
    voxelGraph(isOwn ? skeleton : skeletonOfBits(packBits(solid, dims))),
  );
  const traced = traceSkeleton(graph);
  const spheres = inscribedSpheres(solid, dims, spacing);
  const curves = layCurves(graph, traced, spheres, spacing);

  const { componentAt } = labelComponents(solid, dims, 26);
  const componentOf = (node: number) => componentAt(graph.voxels[traced.nodes[node].vertex]);
  const order = traced.nodes
    .map((_, node) => node)
    .sort(
      (a, b) => componentOf(a) - componentOf(b) || traced.nodes[a].vertex - traced.nodes[b].vertex,
    );
  const idOf = new Map(order.map((node, at) => [node, at + 1]));
  const nodes = order.map((node, at): CenterlineNode => ({
    id: at + 1,
    kind: kindOf(traced.nodes[node]),
    position: indexToWorld(geometry, curves.nodes[node]),
    degree: traced.nodes[node].degree,
    component: componentOf(node),
  }));
  const branches = traced.paths
    .map(({ from, to }, path) => ({
      from: idOf.get(from) ?? 0,
      to: idOf.get(to) ?? 0,
      component: componentOf(from),
      ...measured(curves.paths[path], geometry, spheres, traced.nodes[from].onLoop),
    }))
    .sort((a, b) => a.component - b.component || b.length - a.length)
    .map((branch, at): CenterlineBranch => ({ id: at + 1, ...branch }));
  return { nodes, branches, totalLength: branches.reduce((sum, { length }) => sum + length, 0) };
}

function kindOf({ degree, onLoop }: TracedNode): CenterlineNode['kind'] {
  if (onLoop) return 'loop';
  if (degree === 0) return 'isolated';
  return degree === 1 ? 'end' : 'bifurcation';
}

/** Points in the world, radii and measures of a curve in index coordinates. */
function measured(
  curve: Float64Array,
  geometry: Geometry,
  spheres: InscribedSpheres,
  closed: boolean,
) {
  const points = new Float32Array(curve.length);
  const radii = new Float32Array(curve.length / 3);
  for (let i = 0; i < radii.length; i++) {
    const place: Vec3 = [curve[3 * i], curve[3 * i + 1], curve[3 * i + 2]];
    points.set(indexToWorld(geometry, place), 3 * i);
    radii[i] = radiusOf(spheres.clearance(...place), geometry.spacing);
  }
  return { points, radii, ...measureBranch(points, radii, closed) };
}
