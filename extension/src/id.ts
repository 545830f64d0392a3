/** The extension's name, as npm and OHIF know it. */
export const EXTENSION_ID = 'ohif-extension-vessels';

/** Names under which OHIF finds our parts. */
export const PANEL_NAME = 'panelVessels';
export const PANEL_ID = `${EXTENSION_ID}.panelModule.${PANEL_NAME}`;
export const HANGING_PROTOCOL_ID = 'vessels';
export const SLICES_STAGE_ID = 'slicesAnd3D';
export const SERVICE_NAME = 'vesselsService';

/** Modalities of which the mode and the protocol need one. */
export { MODALITIES } from '@vessels/inference/modalities';

/** Key of the extension's configuration in `window.config`. */
export const CONFIGURATION_KEY = 'vessels';
