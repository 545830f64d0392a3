import type { Types } from '@cornerstonejs/core';
import type { Services } from '@ohif/core';
import { boxBetween, type Box } from '@vessels/volume/box';
import { type Geometry, type Vec3, worldToIndex } from '@vessels/volume/geometry';
import { viewportsOf } from './viewports';

/** What a plane shows: the corners of the viewport and the direction that it looks along, LPS mm. */
export interface View {
  readonly corners: readonly Vec3[];
  readonly normal: Vec3;
}

/** The axis of a grid that a direction is nearest to. */
function nearestAxis(normal: Vec3, { direction }: Geometry): number {
  const along = [0, 1, 2].map((axis) =>
    Math.abs(normal.reduce((sum, part, i) => sum + part * direction[3 * axis + i]!, 0)),
  );
  return along.indexOf(Math.max(...along));
}

/**
 * The part of a grid that lies within all views. A view tells nothing of the axis that it looks along; one that is
 * oblique counts with the box around it.
 *
 * @returns undefined where the views have no part in common
 */
export function boxInViews(views: readonly View[], geometry: Geometry): Box | undefined {
  const low = [0, 0, 0];
  const high = geometry.dims.map((n) => n - 1);
  for (const { corners, normal } of views) {
    const indices = corners.map((corner) => worldToIndex(geometry, corner));
    const depth = nearestAxis(normal, geometry);
    for (let axis = 0; axis < 3; axis++) {
      if (axis === depth) continue;
      const along = indices.map((index) => index[axis]!);
      low[axis] = Math.max(low[axis]!, Math.min(...along));
      high[axis] = Math.min(high[axis]!, Math.max(...along));
    }
  }
  return low.every((from, axis) => from <= high[axis]!)
    ? boxBetween(low, high, geometry.dims)
    : undefined;
}

const isFlat = (viewport: Types.IViewport): viewport is Types.IViewport & Types.IVolumeViewport =>
  'canvasToWorld' in viewport;

/** The part of a series that the planes of the viewer show; undefined where they have none in common. */
export function boxInView(services: Services, geometry: Geometry): Box | undefined {
  const views = viewportsOf(services, geometry).flatMap(({ viewport, is3D }): View[] => {
    const { viewPlaneNormal } = viewport.getCamera();
    if (is3D || !viewPlaneNormal || !isFlat(viewport)) return [];
    const { clientWidth: width, clientHeight: height } = viewport.canvas;
    const corners = [0, width].flatMap((x) =>
      [0, height].map((y) => viewport.canvasToWorld([x, y])),
    );
    return [{ corners, normal: viewPlaneNormal }];
  });
  return boxInViews(views, geometry);
}
