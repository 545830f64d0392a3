import { PANEL_ID } from '../../extension/src/id';

const DEFAULT = '@ohif/extension-default';
const CORNERSTONE = '@ohif/extension-cornerstone';
const SEG = '@ohif/extension-cornerstone-dicom-seg';
const RT = '@ohif/extension-cornerstone-dicom-rt';

/** Extensions that the mode stands on; OHIF loads them when the mode is entered. */
export const EXTENSIONS: Readonly<Record<string, string>> = Object.freeze({
  [DEFAULT]: '^3.13.0',
  [CORNERSTONE]: '^3.13.0',
  [SEG]: '^3.13.0',
  [RT]: '^3.13.0',
  'ohif-extension-vessels': '^0.1.0',
});

/** Kinds of objects that the mode opens; a stored SEG must be among them. */
export const SOP_CLASS_HANDLERS: readonly string[] = [
  `${SEG}.sopClassHandlerModule.dicom-seg`,
  `${RT}.sopClassHandlerModule.dicom-rt`,
  `${DEFAULT}.sopClassHandlerModule.stack`,
];

/** Study browser on the left; our panel and OHIF's own for segmentations on the right. */
export const layout = () => ({
  id: `${DEFAULT}.layoutTemplateModule.viewerLayout`,
  props: {
    leftPanels: [`${DEFAULT}.panelModule.seriesList`],
    leftPanelResizable: true,
    rightPanels: [PANEL_ID, `${CORNERSTONE}.panelModule.panelSegmentationWithToolsLabelMap`],
    rightPanelResizable: true,
    rightPanelClosed: false,
    viewports: [
      {
        namespace: `${CORNERSTONE}.viewportModule.cornerstone`,
        displaySetsToDisplay: [`${DEFAULT}.sopClassHandlerModule.stack`],
      },
      {
        namespace: `${SEG}.viewportModule.dicom-seg`,
        displaySetsToDisplay: [`${SEG}.sopClassHandlerModule.dicom-seg`],
      },
      {
        namespace: `${RT}.viewportModule.dicom-rt`,
        displaySetsToDisplay: [`${RT}.sopClassHandlerModule.dicom-rt`],
      },
    ],
  },
});
