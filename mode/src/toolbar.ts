/** Packs of buttons, OHIF's and ours, by the names of their customizations. */
export const TOOLBAR_BUTTONS = Object.freeze([
  { $reference: 'cornerstone.toolbarButtons' },
  { $reference: 'cornerstone.segmentationToolbarButtons' },
  { $reference: 'vessels.toolbarButtons' },
]);

/** What stands where; the toolboxes of OHIF's segmentation panel come from its own pack. */
export const TOOLBAR_SECTIONS = Object.freeze([
  { $reference: 'cornerstone.segmentationModeToolbarSections' },
  { $reference: 'cornerstone.segmentationToolbarSections' },
  {
    primary: [
      'VesselKeepComponent',
      'VesselCenterlineProbe',
      'MeasurementTools',
      'WindowLevel',
      'Pan',
      'Zoom',
      'TrackballRotate',
      'Crosshairs',
      'Layout',
      'Capture',
      'MoreTools',
    ],
    MeasurementTools: ['Length', 'Bidirectional', 'ArrowAnnotate', 'EllipticalROI', 'Probe'],
    MoreTools: [
      'Reset',
      'rotate-right',
      'flipHorizontal',
      'ReferenceLines',
      'invert',
      'Magnify',
      'TagBrowser',
    ],
  },
]);

/** Tools that join the mode's tool groups. */
export const TOOL_GROUP_ADDITIONS = Object.freeze({
  default: [
    { $reference: 'cornerstone.annotationTools' },
    { $reference: 'cornerstone.segmentationTools' },
    { $reference: 'vessels.tools' },
  ],
  mpr: [
    { $reference: 'cornerstone.annotationTools' },
    { $reference: 'cornerstone.segmentationTools' },
    { $reference: 'vessels.tools' },
  ],
  volume3d: [{ $reference: 'vessels.tools' }],
});
