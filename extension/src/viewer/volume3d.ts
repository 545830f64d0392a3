import type { Types } from '@cornerstonejs/core';
import { utilities } from '@cornerstonejs/core';

/**
 * Show or hide the rendered image volume of a 3-D viewport: it would cover the vessels' surface, and costs most
 * of the drawing time.
 */
export function showVolumeIn3D(viewport: Types.IViewport, visible: boolean): void {
  for (const { actor } of viewport.getActors())
    if (utilities.actorIsA({ actor } as Types.ActorEntry, 'vtkVolume'))
      actor.setVisibility(visible);
  viewport.render();
}
