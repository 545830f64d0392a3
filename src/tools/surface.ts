import {
  Enums,
  Surface,
  cache,
  eventTarget,
  getEnabledElementByViewportId,
  type Types,
} from '@cornerstonejs/core';
import {
  CONSTANTS,
  Enums as ToolEnums,
  segmentation,
  type Types as ToolTypes,
} from '@cornerstonejs/tools';
import type { SurfaceMesh } from '../volume/surface';
import { refreshSurfaceActor, toCells } from './surfaceActor';

const { Surface: SURFACE } = ToolEnums.SegmentationRepresentations;

/** A segmentation's surface as cornerstone knows it. */
interface KnownSurface {
  readonly geometryId: string;
  readonly representationUID: string;
  readonly segmentIndex: number;
  mesh: SurfaceMesh;
  /** Viewports in which `showSurface` wants it, with the camera to keep. */
  readonly cameras: Map<string, Types.ICamera>;
}

const surfaces = new Map<string, KnownSurface>();

/** Cornerstone's types ask for number[]; its code and vtk's take typed arrays. */
const asNumbers = (values: Float32Array | Uint32Array) => values as unknown as number[];

const isShownIn = (segmentationId: string, viewportId: string) =>
  segmentation.state.getSegmentationRepresentations(viewportId, { segmentationId, type: SURFACE })
    .length > 0;

/** Our normals go into the actor as soon as cornerstone has made it. */
function onRendered(event: Event): void {
  const { viewportId, segmentationId, type } = (
    event as CustomEvent<ToolTypes.EventTypes.SegmentationRenderedEventDetail>
  ).detail;
  const known = surfaces.get(segmentationId);
  if (!known || type !== SURFACE) return;
  const camera = known.cameras.get(viewportId);
  known.cameras.delete(viewportId);
  // cornerstone has reset the camera when it added the actor
  if (camera) getEnabledElementByViewportId(viewportId)?.viewport.setCamera(camera);
  refreshSurfaceActor(viewportId, known.representationUID, known.mesh);
}

/**
 * Whoever adds a surface to a viewport through cornerstone's public function also subscribes PolySeg to every
 * change of the labelmap. It would convert the whole volume each time, and for nothing.
 */
function onRepresentation(event: Event): void {
  const { segmentationId, type } = (event as CustomEvent<{ segmentationId: string; type: string }>)
    .detail;
  if (type === SURFACE && surfaces.has(segmentationId))
    queueMicrotask(() => segmentation.removeSegmentationListener(segmentationId, SURFACE));
}

/** Cornerstone's target keeps a listener once, however often it is added. */
function listen(): void {
  eventTarget.addEventListener(ToolEnums.Events.SEGMENTATION_RENDERED, onRendered);
  eventTarget.addEventListener(
    ToolEnums.Events.SEGMENTATION_REPRESENTATION_MODIFIED,
    onRepresentation,
  );
}

/** The surface's place in the segmentation; PolySeg, if a layout has started it, cannot put its own there. */
function geometryIdsOf(segmentIndex: number, geometryId: string): Map<number, string> {
  const ids = new Map([[segmentIndex, geometryId]]);
  ids.set = () => ids;
  return ids;
}

function create(
  segmentationId: string,
  frameOfReferenceUID: string,
  mesh: SurfaceMesh,
  segmentIndex: number,
): KnownSurface {
  const geometryId = `vessels-surface:${segmentationId}`;
  const data = new Surface({
    id: geometryId,
    points: asNumbers(mesh.points),
    polys: asNumbers(toCells(mesh.triangles)),
    frameOfReferenceUID,
    segmentIndex,
  });
  const { sizeInBytes } = data;
  cache.putGeometrySync(geometryId, {
    id: geometryId,
    type: Enums.GeometryType.SURFACE,
    data,
    sizeInBytes,
  });
  segmentation.addRepresentationData({
    segmentationId,
    type: SURFACE,
    data: { geometryIds: geometryIdsOf(segmentIndex, geometryId) },
  });
  const representationUID = `${segmentationId}-${SURFACE}-${segmentIndex}`;
  return { geometryId, representationUID, segmentIndex, mesh, cameras: new Map() };
}

/**
 * Give a segmentation its surface, or replace it after the mask changed; viewports that show it are drawn anew.
 *
 * Call it once the segmentation exists and before any viewport shows its labelmap: OHIF's layouts hand a shown
 * segmentation on to the 3-D viewport, and without a surface its own conversion (PolySeg) starts, which takes seconds.
 * @param frameOfReferenceUID of the mask's volume
 * @param mesh of the segment; kept, not copied; may be empty
 * @param segmentIndex whose colour the surface takes
 */
export function setSurface(
  segmentationId: string,
  frameOfReferenceUID: string,
  mesh: SurfaceMesh,
  segmentIndex = 1,
): void {
  listen();
  const known = surfaces.get(segmentationId);
  const surface = known && (cache.getGeometry(known.geometryId)?.data as Types.ISurface);
  if (!known || !surface) {
    surfaces.set(segmentationId, create(segmentationId, frameOfReferenceUID, mesh, segmentIndex));
    return;
  }
  known.mesh = mesh;
  surface.points = asNumbers(mesh.points);
  surface.polys = asNumbers(toCells(mesh.triangles));
  for (const viewportId of segmentation.state.getViewportIdsWithSegmentation(segmentationId))
    refreshSurfaceActor(viewportId, known.representationUID, mesh);
}

type RenderingConfig = Parameters<
  typeof segmentation.defaultSegmentationStateManager.addSegmentationRepresentation
>[3];

/** Index of a colour table: of one with this colour, else of the one that the segmentation has in other viewports. */
function colorTableOf(
  segmentationId: string,
  segmentIndex: number,
  color: readonly [number, number, number] | undefined,
): number {
  const [elsewhere] = segmentation.state
    .getSegmentationRepresentationsBySegmentationId(segmentationId)
    .flatMap(({ representations }) => representations);
  if (!color && elsewhere) return elsewhere.colorLUTIndex;
  const table: Types.ColorLUT = CONSTANTS.COLOR_LUT.map((entry) => [...entry] as Types.Color);
  if (color) table[segmentIndex] = [...color, 255];
  return segmentation.config.color.addColorLUT(table);
}

/**
 * Show a segmentation's surface in a 3-D viewport without moving its camera; one that is shown already stays.
 *
 * `setSurface` comes first. Cornerstone's public function would start PolySeg; the state manager's does not.
 * @param color red, green, blue 0..255; without it that of the segmentation in other viewports
 */
export function showSurface(
  segmentationId: string,
  viewportId: string,
  color?: readonly [number, number, number],
): void {
  const viewport = getEnabledElementByViewportId(viewportId)?.viewport;
  const known = surfaces.get(segmentationId);
  if (!viewport || !known || isShownIn(segmentationId, viewportId)) return;
  known.cameras.set(viewportId, viewport.getCamera());
  const colorLUTIndex = colorTableOf(segmentationId, known.segmentIndex, color);
  segmentation.defaultSegmentationStateManager.addSegmentationRepresentation(
    viewportId,
    segmentationId,
    SURFACE,
    { colorLUTIndex } as RenderingConfig,
  );
}

/** Take a segmentation's surface out of every viewport and free it. */
export function removeSurface(segmentationId: string): void {
  const known = surfaces.get(segmentationId);
  if (!known) return;
  for (const viewportId of segmentation.state.getViewportIdsWithSegmentation(segmentationId))
    if (isShownIn(segmentationId, viewportId))
      segmentation.removeSurfaceRepresentation(viewportId, segmentationId, true);
  cache.removeGeometryLoadObject(known.geometryId);
  delete segmentation.state.getSegmentation(segmentationId)?.representationData.Surface;
  surfaces.delete(segmentationId);
}
