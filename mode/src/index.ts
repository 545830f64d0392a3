import type {
  CustomizationService,
  Managers,
  Services,
  ToolbarButton,
  ToolbarService,
  ToolGroupService,
  ToolGroupTools,
} from '@ohif/core';
import { HANGING_PROTOCOL_ID, MODALITIES, SERVICE_NAME } from '../../extension/src/id';
import type { VesselsService } from '../../extension/src/service';
import { MODE_ID } from './id';
import { EXTENSIONS, layout, SOP_CLASS_HANDLERS } from './layout';
import { TOOL_GROUP_ADDITIONS, TOOLBAR_BUTTONS, TOOLBAR_SECTIONS } from './toolbar';
import { createToolGroups } from './toolGroups';

/** Buttons and their places, after a site's own customizations have been laid over ours. */
function fillToolbar(customizations: CustomizationService, toolbar: ToolbarService): void {
  toolbar.register(customizations.getCustomization('toolbarButtons') as ToolbarButton[]);
  const sections = customizations.getCustomization('toolbarSections') as Record<string, string[]>[];
  for (const [name, ids] of Object.entries(
    Object.assign({}, ...sections) as Record<string, string[]>,
  ))
    toolbar.updateSection(name, ids);
}

/** Tools of the packs that join the groups. */
function addTools(customizations: CustomizationService, toolGroups: ToolGroupService): void {
  const additions = customizations.getCustomization('toolGroupAdditions') as Record<
    string,
    ToolGroupTools[]
  >;
  for (const [group, packs] of Object.entries(additions))
    for (const pack of packs) toolGroups.addToolsToToolGroup(group, pack);
}

/** What was not saved is kept by the extension's service as long as the segmentations are there. */
function keepUnsaved(services: Services): void {
  const service = (services as unknown as Record<string, VesselsService | undefined>)[SERVICE_NAME];
  service?.keepUnsaved();
}

/**
 * After each stroke of a brush OHIF would read the whole image on the page's own thread for the statistics of a segment:
 * more than a second and a gigabyte on a large CT. Our panel measures the vessels in a worker. A site that wants OHIF's
 * numbers all the same says so in its own customizations, which come after these.
 */
const CUSTOMIZATIONS = Object.freeze({
  'panelSegmentation.disableUpdateSegmentationStats': true,
});

const modeInstance = {
  id: MODE_ID,
  routeName: 'vessels',
  displayName: 'Vessels',
  toolbarButtons: TOOLBAR_BUTTONS,
  toolbarSections: TOOLBAR_SECTIONS,
  toolGroupAdditions: TOOL_GROUP_ADDITIONS,
  modeCustomizations: CUSTOMIZATIONS,
  validationTags: { study: [], series: [] },
  routes: [{ path: 'vessels', layoutTemplate: layout }],
  extensions: EXTENSIONS,
  // a list, because OHIF looks for the stage that fits the study only then
  hangingProtocol: [HANGING_PROTOCOL_ID],
  sopClassHandlers: SOP_CLASS_HANDLERS,

  isValidMode: ({ modalities }: { readonly modalities: string }) => ({
    valid: modalities
      .split('\\')
      .some((modality) => MODALITIES.some((known) => known === modality)),
    description: `The Vessels mode needs a series of one of these modalities: ${MODALITIES.join(', ')}.`,
  }),

  onModeEnter({ servicesManager, extensionManager }: Managers): void {
    const { toolbarService, toolGroupService, customizationService, cornerstoneViewportService } =
      servicesManager.services;
    createToolGroups({
      extensionManager,
      toolGroupService,
      orientationOf: (viewportId) =>
        cornerstoneViewportService.getViewportInfo(viewportId)?.viewportOptions?.orientation,
    });
    addTools(customizationService, toolGroupService);
    fillToolbar(customizationService, toolbarService);
  },

  onModeExit({ servicesManager }: Managers): void {
    const { services } = servicesManager;
    keepUnsaved(services);
    services.uiDialogService.hideAll();
    services.uiModalService.hide();
    services.toolGroupService.destroy();
    services.syncGroupService.destroy();
    services.segmentationService.destroy();
    services.cornerstoneViewportService.destroy();
  },
};

/** The OHIF mode: planes and 3-D, the vessel panel, and everything that a stored SEG needs to be opened again. */
const mode = {
  id: MODE_ID,
  modeFactory: () => modeInstance,
  extensionDependencies: EXTENSIONS,
};

export default mode;
