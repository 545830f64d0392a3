import {
  VesselCenterlineProbeTool,
  VesselCenterlinesTool,
  VesselKeepComponentTool,
  setHighlightedBranch,
  type CenterlineProbeConfiguration,
  type KeepComponentConfiguration,
} from '@vessels/tools';
import type { ToolbarButton, ToolGroupTools, UINotificationService } from '@ohif/core';
import { keepComponent } from './actions/keepComponent';
import type { VesselsService } from './service';

/** Names under which modes find our tools and buttons, as `{ $reference: … }`. */
export const TOOLS_CUSTOMIZATION = 'vessels.tools';
export const BUTTONS_CUSTOMIZATION = 'vessels.toolbarButtons';

/** Why a click kept nothing. */
const MISSES = Object.freeze({
  'no-vessels': 'There are no vessels yet: run a model first.',
  'other-frame': 'This viewport shows another frame of reference than the vessels.',
  outside: 'The point lies outside of the vessels’ volume.',
  background: 'There is no vessel at this point.',
});

/** Our tools for a tool group: two for the mouse, one that draws. */
const tools = (service: VesselsService, notifications: UINotificationService): ToolGroupTools => {
  const keep: KeepComponentConfiguration = {
    getTarget: () => service.shownTarget,
    onPick: (pick) => {
      if (service.context) void keepComponent(service.context, pick);
    },
    onMiss: ({ reason }) =>
      notifications.show({ title: 'Keep component', message: MISSES[reason], type: 'info' }),
  };
  const probe: Partial<CenterlineProbeConfiguration> = { onSelect: setHighlightedBranch };
  return {
    passive: [
      { toolName: VesselKeepComponentTool.toolName, configuration: { ...keep } },
      { toolName: VesselCenterlineProbeTool.toolName, configuration: { ...probe } },
    ],
    enabled: [{ toolName: VesselCenterlinesTool.toolName }],
  };
};

const button = (id: string, icon: string, label: string, tooltip: string): ToolbarButton => ({
  id,
  uiType: 'ohif.toolButton',
  props: {
    type: 'tool',
    icon,
    label,
    tooltip,
    commands: {
      commandName: 'setToolActiveToolbar',
      commandOptions: { toolGroupIds: ['default', 'mpr', 'volume3d'] },
    },
    evaluate: 'evaluate.cornerstoneTool',
  },
});

const BUTTONS: readonly ToolbarButton[] = [
  button(
    VesselKeepComponentTool.toolName,
    'icon-tool-click-segment',
    'Keep component',
    'Click a vessel to keep only its connected part',
  ),
  button(
    VesselCenterlineProbeTool.toolName,
    'icon-tool-probe',
    'Centerline probe',
    'Point at a vessel to read its branch and diameter',
  ),
];

/** What any mode may use of ours. */
export const createCustomizations = (
  service: VesselsService,
  notifications: UINotificationService,
) => [
  {
    name: 'default',
    value: {
      [TOOLS_CUSTOMIZATION]: tools(service, notifications),
      [BUTTONS_CUSTOMIZATION]: BUTTONS,
    },
  },
];
