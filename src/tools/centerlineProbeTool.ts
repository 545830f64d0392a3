import { BaseTool, type Types as ToolTypes } from '@cornerstonejs/tools';
import type { ProbeReading } from './probeReading';

export interface CenterlineProbeConfiguration {
  /** A click on a branch. */
  onSelect(branchId: number): void;
  /** Lines shown at the cursor; English by default. */
  text?(reading: ProbeReading): string[];
  /** How far outside the vessel's wall the cursor may be in a plane, mm; 1 by default. */
  tolerance?: number;
}

/** Names the branch and its diameter at the cursor and highlights it; a click reports it. */
export class VesselCenterlineProbeTool extends BaseTool {
  static override toolName = 'VesselCenterlineProbe';

  constructor(
    toolProps: ToolTypes.PublicToolProps = {},
    defaultToolProps: ToolTypes.ToolProps = { supportedInteractionTypes: ['Mouse', 'Touch'] },
  ) {
    super(toolProps, defaultToolProps);
  }
}
