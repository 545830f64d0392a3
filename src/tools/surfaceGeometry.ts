import { Enums, Surface, cache, type Types } from '@cornerstonejs/core';
import { Enums as ToolEnums, segmentation } from '@cornerstonejs/tools';
import type { SurfaceMesh } from '../volume/surface';
import { toCells } from './surfaceActor';

const { Surface: SURFACE } = ToolEnums.SegmentationRepresentations;

const geometryIdOf = (segmentationId: string) => `vessels-surface:${segmentationId}`;

/** Cornerstone's types ask for number[]; its code and vtk's take typed arrays. */
const asNumbers = (values: Float32Array | Uint32Array) => values as unknown as number[];

/** The mesh in cornerstone's cache of geometries. */
export function cacheGeometry(
  segmentationId: string,
  frameOfReferenceUID: string,
  mesh: SurfaceMesh,
  segmentIndex: number,
): void {
  const id = geometryIdOf(segmentationId);
  const points = asNumbers(mesh.points);
  const polys = asNumbers(toCells(mesh.triangles));
  const cached = cache.getGeometry(id)?.data as Types.ISurface | undefined;
  if (cached) {
    cached.points = points;
    cached.polys = polys;
    return;
  }
  const data = new Surface({ id, points, polys, frameOfReferenceUID, segmentIndex });
  const { sizeInBytes } = data;
  cache.putGeometrySync(id, { id, type: Enums.GeometryType.SURFACE, data, sizeInBytes });
}

/** Make the cached mesh the segmentation's surface; PolySeg, if a layout has started it, cannot put its own there. */
export function addToSegmentation(segmentationId: string, segmentIndex: number): void {
  if (hasSurface(segmentationId)) return;
  const geometryIds = new Map([[segmentIndex, geometryIdOf(segmentationId)]]);
  geometryIds.set = () => geometryIds;
  segmentation.addRepresentationData({ segmentationId, type: SURFACE, data: { geometryIds } });
}

/** Whether a segmentation has a surface that cornerstone can show without making one. */
export const hasSurface = (segmentationId: string): boolean =>
  Boolean(segmentation.state.getSegmentation(segmentationId)?.representationData.Surface);

/** Undo both: free the mesh, and take it from the segmentation if that still exists. */
export function removeGeometry(segmentationId: string): void {
  delete segmentation.state.getSegmentation(segmentationId)?.representationData.Surface;
  if (cache.getGeometry(geometryIdOf(segmentationId)))
    cache.removeGeometryLoadObject(geometryIdOf(segmentationId));
}
