import { Enums } from '@cornerstonejs/core';
import type { Types } from '@cornerstonejs/core';
import type { Services } from '@ohif/core';
import type { Geometry, Vec3 } from '@vessels/volume/geometry';

/** A viewport of the grid that shows a given frame of reference. */
export interface ShownIn {
  readonly viewportId: string;
  readonly viewport: Types.IViewport;
  readonly is3D: boolean;
}

/** The grid's viewports that show the frame of reference of a geometry, ready to draw. */
export function viewportsOf(
  { viewportGridService, cornerstoneViewportService }: Services,
  { frameOfReferenceUID }: Pick<Geometry, 'frameOfReferenceUID'>,
): readonly ShownIn[] {
  return [...viewportGridService.getState().viewports.keys()].flatMap((viewportId) => {
    const viewport = cornerstoneViewportService.getCornerstoneViewport(viewportId);
    if (!viewport || viewport.getFrameOfReferenceUID() !== frameOfReferenceUID) return [];
    return [{ viewportId, viewport, is3D: viewport.type === Enums.ViewportType.VOLUME_3D }];
  });
}

const canJump = (
  viewport: Types.IViewport,
): viewport is Types.IViewport & { jumpToWorld(world: Types.Point3): unknown } =>
  'jumpToWorld' in viewport;

/** Move every viewport of the frame of reference to a point (LPS mm): the slice in 2-D, the focus in 3-D. */
export function jumpTo(services: Services, geometry: Geometry, world: Vec3): void {
  for (const { viewport, is3D } of viewportsOf(services, geometry)) {
    if (is3D) focusOn(viewport, world);
    else if (canJump(viewport)) viewport.jumpToWorld([...world]);
    viewport.render();
  }
}

/** Move the camera sideways so that it looks at a point, from the same side and distance. */
function focusOn(viewport: Types.IViewport, world: Vec3): void {
  const { focalPoint, position } = viewport.getCamera();
  if (!focalPoint || !position) return;
  viewport.setCamera({
    focalPoint: [...world],
    position: [0, 1, 2].map(
      (axis) => position[axis]! + world[axis]! - focalPoint[axis]!,
    ) as Types.Point3,
  });
}
