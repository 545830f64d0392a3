import { eventTarget, getEnabledElementByViewportId, type Types } from '@cornerstonejs/core';
import {
  CONSTANTS,
  Enums as ToolEnums,
  segmentation,
  type Types as ToolTypes,
} from '@cornerstonejs/tools';
import type { SurfaceMesh } from '../volume/surface';
import { refreshSurfaceActor, toCells, type DrawnMesh } from './surfaceActor';
import { hasSurface, putGeometry, removeGeometry, restoreGeometry } from './surfaceGeometry';

const { Surface: SURFACE } = ToolEnums.SegmentationRepresentations;

type Rgb = readonly [number, number, number];

/** A segmentation's surface and where it is to be seen. */
interface KnownSurface {
  readonly segmentIndex: number;
  mesh: DrawnMesh | undefined;
  /** Viewports that wait for the mesh, with the colour asked for. */
  readonly waiting: Map<string, Rgb | undefined>;
  /** Cameras to restore: cornerstone resets that of a viewport to which it adds the surface's actor. */
  readonly cameras: Map<string, Types.ICamera>;
}

const surfaces = new Map<string, KnownSurface>();

function surfaceOf(segmentationId: string, segmentIndex = 1): KnownSurface {
  const known = surfaces.get(segmentationId);
  if (known) return known;
  const made = { segmentIndex, mesh: undefined, waiting: new Map(), cameras: new Map() };
  surfaces.set(segmentationId, made);
  return made;
}

/** The name that cornerstone gives to the actor of a segment's surface. */
const actorOf = (segmentationId: string, { segmentIndex }: KnownSurface) =>
  `${segmentationId}-${SURFACE}-${segmentIndex}`;

const isShownIn = (segmentationId: string, viewportId: string) =>
  segmentation.state.getSegmentationRepresentations(viewportId, { segmentationId, type: SURFACE })
    .length > 0;

/** Our mesh goes into the actor, with its normals, whenever cornerstone has drawn the surface. */
function onRendered(event: Event): void {
  const { viewportId, segmentationId, type } = (
    event as CustomEvent<ToolTypes.EventTypes.SegmentationRenderedEventDetail>
  ).detail;
  const known = surfaces.get(segmentationId);
  if (!known?.mesh || type !== SURFACE) return;
  const camera = known.cameras.get(viewportId);
  known.cameras.delete(viewportId);
  // cornerstone has reset the camera when it added the actor
  if (camera) getEnabledElementByViewportId(viewportId)?.viewport.setCamera(camera);
  restoreGeometry(segmentationId, known.segmentIndex, known.mesh);
  refreshSurfaceActor(viewportId, actorOf(segmentationId, known), known.mesh);
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

function onRemoved(event: Event): void {
  const { segmentationId } = (
    event as CustomEvent<ToolTypes.EventTypes.SegmentationRemovedEventDetail>
  ).detail;
  const known = surfaces.get(segmentationId);
  if (!known) return;
  surfaces.delete(segmentationId);
  removeGeometry(segmentationId, known.segmentIndex);
}

/** Cornerstone's target keeps a listener once, however often it is added. */
function listen(): void {
  eventTarget.addEventListener(ToolEnums.Events.SEGMENTATION_RENDERED, onRendered);
  eventTarget.addEventListener(
    ToolEnums.Events.SEGMENTATION_REPRESENTATION_MODIFIED,
    onRepresentation,
  );
  eventTarget.addEventListener(ToolEnums.Events.SEGMENTATION_REMOVED, onRemoved);
}

/**
 * Give a segmentation its surface, or replace it after the mask changed; viewports that show it are drawn anew, those
 * for which `showSurface` was called get it.
 *
 * In a layout of OHIF's own, call it before any viewport shows the labelmap: such layouts hand a shown segmentation
 * on to their 3-D viewport, and without a surface OHIF's own conversion (PolySeg) starts, which takes seconds. Nothing
 * happens where the segmentation does not exist.
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
  if (!segmentation.state.getSegmentation(segmentationId)) return;
  listen();
  const known = surfaceOf(segmentationId, segmentIndex);
  const drawn = { ...mesh, cells: toCells(mesh.triangles) };
  known.mesh = drawn;
  putGeometry(segmentationId, known.segmentIndex, frameOfReferenceUID, drawn);
  for (const viewportId of segmentation.state.getViewportIdsWithSegmentation(segmentationId))
    refreshSurfaceActor(viewportId, actorOf(segmentationId, known), drawn);
  const waiting = [...known.waiting];
  known.waiting.clear();
  for (const [viewportId, color] of waiting) showSurface(segmentationId, viewportId, color);
}

type RenderingConfig = Parameters<
  typeof segmentation.defaultSegmentationStateManager.addSegmentationRepresentation
>[3];

/** Index of a colour table: of one with this colour, else of the one that the segmentation has in other viewports. */
function colorTableOf(
  segmentationId: string,
  segmentIndex: number,
  color: Rgb | undefined,
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
 * Show a segmentation's surface in a 3-D viewport without moving its camera; one that is shown already stays. Before
 * `setSurface` has given the surface, the viewport waits for it.
 *
 * Cornerstone's public function would start PolySeg; the state manager's does not.
 * @param color red, green, blue 0..255; without it that of the segmentation in other viewports
 */
export function showSurface(segmentationId: string, viewportId: string, color?: Rgb): void {
  const viewport = getEnabledElementByViewportId(viewportId)?.viewport;
  if (!viewport || isShownIn(segmentationId, viewportId)) return;
  const known = surfaceOf(segmentationId);
  if (!known.mesh || !hasSurface(segmentationId)) {
    known.waiting.set(viewportId, color);
    return;
  }
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
  surfaces.delete(segmentationId);
  for (const viewportId of segmentation.state.getViewportIdsWithSegmentation(segmentationId))
    if (isShownIn(segmentationId, viewportId))
      segmentation.removeSurfaceRepresentation(viewportId, segmentationId, true);
  removeGeometry(segmentationId, known.segmentIndex);
}
