import {
  VesselCenterlineProbeTool,
  VesselCenterlinesTool,
  VesselKeepComponentTool,
  setHighlightedBranch,
  type CenterlineProbeConfiguration,
  type KeepComponentConfiguration,
} from '@vessels/tools';
import type { i18n, TFunction } from 'i18next';
import type { ToolbarButton, ToolGroupTools, UINotificationService } from '@ohif/core';
import { keepComponent } from './actions/keepComponent';
import type { VesselsService } from './service';

/** Names under which modes find our tools and buttons, as `{ $reference: … }`. */
export const TOOLS_CUSTOMIZATION = 'vessels.tools';
export const BUTTONS_CUSTOMIZATION = 'vessels.toolbarButtons';

/** Our tools for a tool group: two for the mouse, one that draws. */
const tools = (
  service: VesselsService,
  notifications: UINotificationService,
  t: TFunction,
): ToolGroupTools => {
  const keep: KeepComponentConfiguration = {
    getTarget: () => service.shownTarget,
    onPick: (pick) => {
      if (service.context) void keepComponent(service.context, pick);
    },
    onMiss: ({ reason }) =>
      notifications.show({
        title: t('tools.keep'),
        message: t(`tools.miss.${reason}`),
        type: 'info',
      }),
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

const buttons = (t: TFunction): readonly ToolbarButton[] => [
  button(
    VesselKeepComponentTool.toolName,
    'icon-tool-click-segment',
    t('tools.keep'),
    t('tools.keepHint'),
  ),
  button(
    VesselCenterlineProbeTool.toolName,
    'icon-tool-probe',
    t('tools.probe'),
    t('tools.probeHint'),
  ),
];

/** What any mode may use of ours. */
export const createCustomizations = (
  service: VesselsService,
  notifications: UINotificationService,
  { t }: i18n,
) => [
  {
    name: 'default',
    value: {
      [TOOLS_CUSTOMIZATION]: tools(service, notifications, t),
      [BUTTONS_CUSTOMIZATION]: buttons(t),
    },
  },
];
