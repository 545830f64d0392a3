import { getEnabledElementByViewportId, type Types } from '@cornerstonejs/core';
import type { SurfaceMesh } from '../volume/surface';

/** A mesh and its triangles as vtk wants them. */
export interface DrawnMesh extends SurfaceMesh {
  readonly cells: Uint32Array;
}

/** vtk's cells: the number of corners, then the corners, for each triangle. */
export function toCells(triangles: Uint32Array): Uint32Array {
  const cells = new Uint32Array((triangles.length / 3) * 4);
  for (let from = 0, to = 0; from < triangles.length; from += 3, to += 4) {
    cells[to] = 3;
    cells[to + 1] = triangles[from];
    cells[to + 2] = triangles[from + 1];
    cells[to + 3] = triangles[from + 2];
  }
  return cells;
}

/** The viewport's polygons of a segment's surface, once cornerstone has made them. */
function polyDataOf(viewport: Types.IEnabledElement['viewport'], representationUID: string) {
  const entry = viewport.getActors().find((actor) => actor.representationUID === representationUID);
  return (entry?.actor as Types.Actor | undefined)?.getMapper()?.getInputData();
}

/**
 * Make the actor that a viewport shows hold this mesh. Cornerstone makes the actor, but it gives it no normals (the
 * surface would be flat-shaded) and misses changes that keep the number of points.
 * @returns whether something changed; the viewport is drawn then
 */
export function refreshSurfaceActor(
  viewportId: string,
  representationUID: string,
  mesh: DrawnMesh,
): boolean {
  const viewport = getEnabledElementByViewportId(viewportId)?.viewport;
  const polyData = viewport && polyDataOf(viewport, representationUID);
  if (!polyData || polyData.getPointData().getNormals()?.getData() === mesh.normals) return false;
  const normals = polyData.getPoints().newClone();
  normals.setName('Normals');
  normals.setData(mesh.normals, 3);
  polyData.getPoints().setData(mesh.points, 3);
  polyData.getPolys().setData(mesh.cells);
  polyData.getPointData().setNormals(normals);
  polyData.modified();
  viewport.render();
  return true;
}
