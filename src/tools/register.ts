import { addTool, utilities } from '@cornerstonejs/tools';
import { subscribeCenterlines } from './centerlineStore';
import { VesselCenterlineProbeTool } from './centerlineProbeTool';
import { VesselCenterlinesTool } from './centerlinesTool';
import { VesselKeepComponentTool } from './keepComponentTool';
import { viewportsWithTool } from './viewports';

const TOOLS = Object.freeze([
  VesselKeepComponentTool,
  VesselCenterlineProbeTool,
  VesselCenterlinesTool,
]);

let subscribed = false;

/**
 * Make the vessel tools known to cornerstone, so that tool groups can add them by their `toolName`, and draw the
 * centerlines anew when they change. Calling it again does nothing.
 */
export function registerVesselTools(): void {
  TOOLS.forEach(addTool);
  if (subscribed) return;
  subscribed = true;
  subscribeCenterlines((state, before) => {
    const frames = new Set([...Object.keys(state.graphs), ...Object.keys(before.graphs)]);
    const viewports = viewportsWithTool(VesselCenterlinesTool.toolName, frames);
    utilities.triggerAnnotationRenderForViewportIds(viewports.map(({ id }) => id));
  });
}
