import { registerVesselTools } from '@vessels/tools';
import type { Managers, PanelModule } from '@ohif/core';
import { createCommands } from './commands';
import { createCustomizations } from './customizations';
import { hangingProtocol } from './hangingProtocol';
import { readConfiguration } from './host/configuration';
import {
  CONFIGURATION_KEY,
  EXTENSION_ID,
  HANGING_PROTOCOL_ID,
  PANEL_NAME,
  SERVICE_NAME,
} from './id';
import { createI18n } from './i18n';
import { panelComponent } from './panel/mount';
import { registration, type VesselsService } from './service';

const texts = createI18n();

const serviceOf = ({ servicesManager }: Managers): VesselsService =>
  (servicesManager.services as unknown as Record<string, unknown>)[SERVICE_NAME] as VesselsService;

/** The OHIF extension: vessels, centerlines and topology QC, and the SEG that keeps them. */
const extension = {
  id: EXTENSION_ID,

  preRegistration({ servicesManager, configuration, appConfig }: Managers): void {
    // OHIF hands over a configuration only with an extension that is built in, else an empty one; an extension
    // that is imported by its name is configured under its own key
    const input: unknown = Object.assign({}, appConfig?.[CONFIGURATION_KEY], configuration);
    servicesManager.registerService(registration(readConfiguration(input, document.baseURI)));
    registerVesselTools();
  },

  getCommandsModule: (managers: Managers) => createCommands(serviceOf(managers)),

  getCustomizationModule: (managers: Managers) =>
    createCustomizations(
      serviceOf(managers),
      managers.servicesManager.services.uiNotificationService,
      texts,
    ),

  getHangingProtocolModule: () => [{ name: HANGING_PROTOCOL_ID, protocol: hangingProtocol }],

  getPanelModule: (managers: Managers): PanelModule[] => [
    {
      name: PANEL_NAME,
      iconName: 'tab-linear',
      iconLabel: 'Vessels',
      label: 'Vessels',
      component: panelComponent(serviceOf(managers), texts),
    },
  ],
};

export default extension;
