import { iouOf, type Overlap } from './overlap';

/** Whether a class was found: present or absent in the reference, found or not in the prediction. */
export type Detection = 'TP' | 'TN' | 'FP' | 'FN';

/** Least intersection over union with which a class counts as found (TopCoW). */
export const DETECTION_IOU = 0.25;

/**
 * Detection of a class as TopCoW defines it: one that the reference holds is found (TP) where the IoU reaches the
 * threshold, else missed (FN), even if the prediction has it elsewhere; one that it lacks is FP or TN.
 *
 * @param voxels of the class: `a` in the prediction, `b` in the reference
 */
export function detectionOf(voxels: Overlap, threshold = DETECTION_IOU): Detection {
  if (voxels.b === 0) return voxels.a === 0 ? 'TN' : 'FP';
  return iouOf(voxels, 'topcow') >= threshold ? 'TP' : 'FN';
}
