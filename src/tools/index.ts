/**
 * The Cornerstone3D side of the vessels: tools, the centerline overlay, the labelmap and surface in the viewer, and
 * steps on its undo history. Thin: it picks, calls a pure function or a callback, and shows.
 */
export { registerVesselTools } from './register';
export { VesselKeepComponentTool } from './keepComponentTool';
export type { ComponentPick, KeepComponentConfiguration, MissReason } from './keepComponentTool';
export { VesselCenterlineProbeTool } from './centerlineProbeTool';
export type { CenterlineProbeConfiguration } from './centerlineProbeTool';
export { branchName, readingText, type ProbeReading } from './probeReading';
export { VesselCenterlinesTool } from './centerlinesTool';
export {
  centerlines,
  setCenterlines,
  setHighlightedBranch,
  subscribeCenterlines,
  type CenterlineState,
} from './centerlineStore';
export { hasLabelmap, labelmapReading, writeLabelmap, type LabelmapTarget } from './labelmap';
export { pushMaskEdit, type MaskEdit } from './history';
export { applyDelta, maskDelta, type MaskDelta } from './maskDelta';
export { removeSurface, setSurface, showSurface } from './surface';
