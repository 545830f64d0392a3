import { Enums, Surface, cache, type Types } from '@cornerstonejs/core';
import { Enums as ToolEnums, segmentation } from '@cornerstonejs/tools';
import type { DrawnMesh } from './surfaceActor';

const { Surface: SURFACE } = ToolEnums.SegmentationRepresentations;

/** The name that PolySeg uses too: if some layout starts it, the two share one place and nothing is kept twice. */
const geometryIdOf = (segmentationId: string, segmentIndex: number) =>
  `segmentation_${segmentationId}_surface_${segmentIndex}`;

/** Cornerstone's types ask for number[]; its code and vtk's take typed arrays. */
const asNumbers = (values: Float32Array | Uint32Array) => values as unknown as number[];

const cachedSurface = (geometryId: string) =>
  cache.getGeometry(geometryId)?.data as Types.ISurface | undefined;

/** Make a mesh the surface of a segment: in cornerstone's cache of geometries, and in the segmentation. */
export function putGeometry(
  segmentationId: string,
  segmentIndex: number,
  frameOfReferenceUID: string,
  mesh: DrawnMesh,
): void {
  const id = geometryIdOf(segmentationId, segmentIndex);
  if (!cachedSurface(id)) {
    const { points, cells } = mesh;
    const data = new Surface({
      id,
      points: asNumbers(points),
      polys: asNumbers(cells),
      frameOfReferenceUID,
      segmentIndex,
    });
    const { sizeInBytes } = data;
    cache.putGeometrySync(id, { id, type: Enums.GeometryType.SURFACE, data, sizeInBytes });
  }
  restoreGeometry(segmentationId, segmentIndex, mesh);
  if (!hasSurface(segmentationId))
    segmentation.addRepresentationData({
      segmentationId,
      type: SURFACE,
      data: { geometryIds: new Map([[segmentIndex, id]]) },
    });
}

/** Put a mesh back in place of one that PolySeg has made. */
export function restoreGeometry(
  segmentationId: string,
  segmentIndex: number,
  mesh: DrawnMesh,
): void {
  const surface = cachedSurface(geometryIdOf(segmentationId, segmentIndex));
  if (!surface || surface.points === asNumbers(mesh.points)) return;
  surface.points = asNumbers(mesh.points);
  surface.polys = asNumbers(mesh.cells);
}

/** Whether a segmentation has a surface that cornerstone can show without making one. */
export const hasSurface = (segmentationId: string): boolean =>
  Boolean(segmentation.state.getSegmentation(segmentationId)?.representationData.Surface);

/** Free the mesh, and take it from the segmentation if that still exists. */
export function removeGeometry(segmentationId: string, segmentIndex: number): void {
  delete segmentation.state.getSegmentation(segmentationId)?.representationData.Surface;
  const id = geometryIdOf(segmentationId, segmentIndex);
  if (cache.getGeometry(id)) cache.removeGeometryLoadObject(id);
}
