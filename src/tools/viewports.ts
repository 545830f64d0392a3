import { getRenderingEngines } from '@cornerstonejs/core';
import { ToolGroupManager } from '@cornerstonejs/tools';
import type { ShownViewport } from './viewportView';

/** The viewports that show a frame of reference and whose tool group has a tool switched on or at hand. */
export function viewportsWithTool(toolName: string, frames: ReadonlySet<string>): ShownViewport[] {
  return (getRenderingEngines() ?? [])
    .flatMap((engine) => engine.getViewports() as ShownViewport[])
    .filter(
      (viewport) =>
        frames.has(frameOf(viewport) ?? '') &&
        ToolGroupManager.getToolGroupForViewport(viewport.id, viewport.renderingEngineId)?.hasTool(
          toolName,
        ),
    );
}

/** Frame of Reference UID of what a viewport shows; undefined before it shows an image. */
export function frameOf(viewport: ShownViewport): string | undefined {
  try {
    return viewport.getFrameOfReferenceUID();
  } catch {
    return undefined;
  }
}
