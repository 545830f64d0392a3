import {
  Enums,
  cache,
  eventTarget,
  geometryLoader,
  getEnabledElementByViewportId,
  type Types,
} from '@cornerstonejs/core';
import { Enums as ToolEnums, segmentation, type Types as ToolTypes } from '@cornerstonejs/tools';
import type { SurfaceMesh } from '../volume/surface';

const { Surface: SURFACE } = ToolEnums.SegmentationRepresentations;

/** A segment's surface and the 3-D viewports that are to show it. */
interface ShownSurface {
  readonly segmentIndex: number;
  readonly geometryId: string;
  mesh: SurfaceMesh | undefined;
  readonly viewportIds: Set<string>;
}

const surfaces = new Map<string, ShownSurface>();

function surfaceOf(segmentationId: string, segmentIndex = 1): ShownSurface {
  const known = surfaces.get(segmentationId);
  if (known) return known;
  const geometryId = `vessels-surface:${segmentationId}:${segmentIndex}`;
  const made = { segmentIndex, geometryId, mesh: undefined, viewportIds: new Set<string>() };
  surfaces.set(segmentationId, made);
  return made;
}

/** vtk's cells: the number of corners, then the corners, for each triangle. */
export function toCells(triangles: Uint32Array): Uint32Array {
  const cells = new Uint32Array((triangles.length / 3) * 4);
  for (let from = 0, to = 0; from < triangles.length; from += 3, to += 4) {
    cells[to] = 3;
    cells.set(triangles.subarray(from, from + 3), to + 1);
  }
  return cells;
}

/** Cornerstone's types ask for number[]; its code and vtk's take typed arrays. */
const asNumbers = (values: Float32Array | Uint32Array) => values as unknown as number[];

/** Put the mesh into the actor that a viewport shows, with normals, so that it is shaded smoothly. */
function refreshActor(segmentationId: string, viewportId: string): void {
  const { segmentIndex, mesh } = surfaceOf(segmentationId);
  const viewport = getEnabledElementByViewportId(viewportId)?.viewport;
  const entry = viewport
    ?.getActors()
    .find(
      ({ representationUID }) =>
        representationUID === `${segmentationId}-${SURFACE}-${segmentIndex}`,
    );
  const polyData = (entry?.actor as Types.Actor | undefined)?.getMapper()?.getInputData();
  if (!viewport || !polyData || !mesh) return;
  const normals = polyData.getPoints().newClone();
  normals.setName('Normals');
  normals.setData(mesh.normals, 3);
  polyData.getPoints().setData(mesh.points, 3);
  polyData.getPolys().setData(toCells(mesh.triangles));
  polyData.getPointData().setNormals(normals);
  polyData.modified();
  viewport.render();
}

/** The colours that the segmentation has elsewhere in the viewer. */
const colorLUTIndexOf = (segmentationId: string) =>
  segmentation.state
    .getSegmentationRepresentationsBySegmentationId(segmentationId)
    .flatMap(({ representations }) => representations)[0]?.colorLUTIndex;

type RenderingConfig = Parameters<
  typeof segmentation.defaultSegmentationStateManager.addSegmentationRepresentation
>[3];

/**
 * Cornerstone's public `addSurfaceRepresentationToViewport` also starts PolySeg's conversion of the whole labelmap,
 * at once and after every change; the state manager's own method does not.
 */
function addToViewport(segmentationId: string, viewportId: string): void {
  const viewport = getEnabledElementByViewportId(viewportId)?.viewport;
  if (!viewport) return;
  const camera = viewport.getCamera();
  const onRendered = (event: Event) => {
    const { detail } = event as CustomEvent<ToolTypes.EventTypes.SegmentationRenderedEventDetail>;
    if (detail.viewportId !== viewportId || detail.segmentationId !== segmentationId) return;
    eventTarget.removeEventListener(ToolEnums.Events.SEGMENTATION_RENDERED, onRendered);
    viewport.setCamera(camera);
    refreshActor(segmentationId, viewportId);
  };
  eventTarget.addEventListener(ToolEnums.Events.SEGMENTATION_RENDERED, onRendered);
  const colorLUTIndex = colorLUTIndexOf(segmentationId);
  segmentation.defaultSegmentationStateManager.addSegmentationRepresentation(
    viewportId,
    segmentationId,
    SURFACE,
    { colorLUTIndex } as RenderingConfig,
  );
}

const isShownIn = (segmentationId: string, viewportId: string) =>
  segmentation.state.getSegmentationRepresentations(viewportId, { segmentationId, type: SURFACE })
    .length > 0;

/**
 * Give a segmentation its surface, or replace it after the mask changed; viewports that show it are drawn anew.
 * @param frameOfReferenceUID of the mask's volume
 * @param mesh of the segment; kept, not copied; an empty one hides the surface
 */
export function setSurface(
  segmentationId: string,
  frameOfReferenceUID: string,
  mesh: SurfaceMesh,
  segmentIndex = 1,
): void {
  const shown = surfaceOf(segmentationId, segmentIndex);
  const { geometryId } = shown;
  shown.mesh = mesh;
  const surface = cache.getGeometry(geometryId)?.data as Types.ISurface | undefined;
  const polys = asNumbers(toCells(mesh.triangles));
  const points = asNumbers(mesh.points);
  if (surface) Object.assign(surface, { points, polys });
  else if (mesh.triangles.length > 0)
    geometryLoader.createAndCacheGeometry(geometryId, {
      type: Enums.GeometryType.SURFACE,
      geometryData: { id: geometryId, points, polys, frameOfReferenceUID, segmentIndex },
    });
  else return;
  if (!segmentation.state.getSegmentation(segmentationId)?.representationData.Surface)
    segmentation.addRepresentationData({
      segmentationId,
      type: SURFACE,
      data: { geometryIds: new Map([[segmentIndex, geometryId]]) },
    });
  for (const viewportId of shown.viewportIds)
    if (isShownIn(segmentationId, viewportId)) refreshActor(segmentationId, viewportId);
    else addToViewport(segmentationId, viewportId);
}

/**
 * Show a segmentation's surface in a 3-D viewport, in the colour of its labelmap, without moving the camera.
 * The surface given to {@link setSurface} is shown now, or as soon as there is one. The viewer's own conversion
 * (PolySeg) is not started.
 */
export function showSurface(segmentationId: string, viewportId: string): void {
  const shown = surfaceOf(segmentationId);
  shown.viewportIds.add(viewportId);
  if (shown.mesh && !isShownIn(segmentationId, viewportId))
    addToViewport(segmentationId, viewportId);
}

/** Take a segmentation's surface out of every viewport and free it. */
export function removeSurface(segmentationId: string): void {
  const shown = surfaces.get(segmentationId);
  if (!shown) return;
  for (const viewportId of shown.viewportIds)
    segmentation.removeSurfaceRepresentation(viewportId, segmentationId, true);
  if (cache.getGeometry(shown.geometryId)) cache.removeGeometryLoadObject(shown.geometryId);
  delete segmentation.state.getSegmentation(segmentationId)?.representationData.Surface;
  surfaces.delete(segmentationId);
}
