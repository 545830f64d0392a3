import { Enums, utilities, type Types } from '@cornerstonejs/core';
import type { Vec3 } from '../volume/geometry';
import type { Ray } from './picking';
import { affineProjection, type Projection } from './projection';
import type { View } from './screenPick';

/** What tools are handed; cornerstone calls a 3-D viewport a volume viewport too. */
export type ShownViewport = Types.IStackViewport | Types.IVolumeViewport;

const TYPES_3D: ReadonlySet<string> = new Set([
  Enums.ViewportType.VOLUME_3D,
  Enums.ViewportType.VOLUME_3D_NEXT,
]);

/** Whether a viewport shows a volume in space, not a plane of it. */
export const is3D = (viewport: ShownViewport): boolean => TYPES_3D.has(viewport.type);

/** The plane that an MPR or stack viewport shows. */
export interface ViewPlane {
  readonly point: Vec3;
  /** Unit vector towards the viewer. */
  readonly normal: Vec3;
  /** mm that one view stands for: the slab, or the distance of the slices where that is more. */
  readonly thickness: number;
}

/** Thickness for a viewport that tells neither slab nor slice distance, mm. */
const UNKNOWN_THICKNESS = 1;

function thicknessOf(viewport: ShownViewport): number {
  if (!('getSlabThickness' in viewport))
    return viewport.getImageData()?.spacing[2] ?? UNKNOWN_THICKNESS;
  const { spacingInNormalDirection } = utilities.getTargetVolumeAndSpacingInNormalDir(
    viewport,
    viewport.getCamera(),
  );
  return Math.max(spacingInNormalDirection || UNKNOWN_THICKNESS, viewport.getSlabThickness());
}

/** The plane of an MPR or stack viewport; undefined before an image is shown. */
export function viewPlane(viewport: ShownViewport): ViewPlane | undefined {
  const { cameraFocalPoint, viewPlaneNormal } = viewport.getViewReference();
  if (!cameraFocalPoint || !viewPlaneNormal) return undefined;
  return {
    point: cameraFocalPoint,
    normal: viewPlaneNormal,
    thickness: thicknessOf(viewport),
  };
}

/** How a viewport maps LPS mm to canvas pixels; straight lines stay straight. */
export function projectionOf(viewport: ShownViewport): Projection {
  const toCanvas = (world: Vec3) => viewport.worldToCanvas([...world]);
  if (viewport.getCamera().parallelProjection === false) return toCanvas;
  return affineProjection(toCanvas, viewport.getCamera().focalPoint ?? [0, 0, 0]);
}

/** What lies under a canvas point of a 3-D viewport, from the viewer inwards. */
export function rayUnder(viewport: ShownViewport, canvas: Types.Point2): Ray & { whole: boolean } {
  const point = viewport.canvasToWorld(canvas);
  const { parallelProjection, position, viewPlaneNormal } = viewport.getCamera();
  if (parallelProjection === false && position) {
    const direction: Vec3 = [
      point[0] - position[0],
      point[1] - position[1],
      point[2] - position[2],
    ];
    return { origin: position, direction, whole: false };
  }
  const [x, y, z] = viewPlaneNormal ?? [0, 0, 1];
  return { origin: point, direction: [-x, -y, -z], whole: true };
}

/** A 3-D viewport as picking on the screen needs it. */
export function viewOf(viewport: ShownViewport): View {
  const project = projectionOf(viewport);
  const {
    focalPoint = [0, 0, 0],
    viewUp = [0, 1, 0],
    viewPlaneNormal = [0, 0, 1],
  } = viewport.getCamera();
  const [x, y] = project(focalPoint);
  const [upX, upY] = project([
    focalPoint[0] + viewUp[0],
    focalPoint[1] + viewUp[1],
    focalPoint[2] + viewUp[2],
  ]);
  return { project, towardsViewer: viewPlaneNormal, scale: Math.hypot(upX - x, upY - y) };
}
