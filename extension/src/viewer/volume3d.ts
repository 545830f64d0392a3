import type { Types } from '@cornerstonejs/core';
import { Enums, utilities } from '@cornerstonejs/core';
import type { Services } from '@ohif/core';
import { isSoftwareRendered } from './softwareRendering';

/**
 * Show or hide the rendered image volume of a 3-D viewport: it would cover the vessels' surface, and costs most
 * of the drawing time.
 */
export function showVolumeIn3D(viewport: Types.IViewport, visible: boolean): void {
  const shown = visible && !isSoftwareRendered();
  for (const { actor } of viewport.getActors())
    if (utilities.actorIsA({ actor } as Types.ActorEntry, 'vtkVolume')) actor.setVisibility(shown);
  viewport.render();
}

/** Without a graphics card, leave the image volumes out of the 3-D viewports: each frame would take seconds. */
export function spareVolumesIn3D({
  viewportGridService,
  cornerstoneViewportService,
}: Services): void {
  if (!isSoftwareRendered()) return;
  for (const viewportId of viewportGridService.getState().viewports.keys()) {
    const viewport = cornerstoneViewportService.getCornerstoneViewport(viewportId);
    if (viewport?.type === Enums.ViewportType.VOLUME_3D) showVolumeIn3D(viewport, false);
  }
}
