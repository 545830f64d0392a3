import type { CodedConcept } from './types';
import { VESSEL } from './vesselCodes';

export { VESSEL, VESSEL_REGIONS } from './vesselCodes';

const code =
  (scheme: string) =>
  (value: string, meaning: string): CodedConcept =>
    Object.freeze({ scheme, value, meaning });
const sct = code('SCT');
const dcm = code('DCM');

/** Segmented property categories (CID 7150), and the background of label maps. */
export const CATEGORY = Object.freeze({
  anatomicalStructure: sct('91723000', 'Anatomical Structure'),
  morphologicallyAbnormalStructure: sct('49755003', 'Morphologically Abnormal Structure'),
  tissue: sct('85756007', 'Tissue'),
  background: dcm('125040', 'Background'),
});

/** Findings of a vessel as segmented property types (CID 3810, 7151). */
export const ABNORMALITY = Object.freeze({
  aneurysm: sct('85659009', 'Aneurysm'),
  pseudoaneurysm: sct('22036004', 'Pseudoaneurysm'),
  arteriovenousFistula: sct('128617001', 'Arteriovenous fistula'),
  dissection: sct('710864009', 'Arterial dissection'),
  occlusion: sct('26036001', 'Occlusion'),
  plaque: sct('1522000', 'Plaque'),
  stenosis: sct('415582006', 'Stenosis'),
  stent: sct('65818007', 'Stent'),
  thrombus: sct('396339007', 'Thrombus'),
});

/** Laterality (CID 244), a modifier of the type. */
export const LATERALITY = Object.freeze({
  left: sct('7771000', 'Left'),
  right: sct('24028007', 'Right'),
});

/** Anatomic regions (CID 4). */
export const REGION = Object.freeze({
  head: sct('69536005', 'Head'),
  brain: sct('12738006', 'Brain'),
  neck: sct('45048000', 'Neck'),
  chest: sct('816094009', 'Thorax'),
  heart: sct('80891009', 'Heart'),
  lung: sct('39607008', 'Lung'),
  abdomen: sct('818981001', 'Abdomen'),
  liver: sct('10200004', 'Liver'),
});

/** How an object came about: derivation (CID 7203), purpose of reference (CID 7202, 7005). */
export const PROVENANCE = Object.freeze({
  segmentation: dcm('113076', 'Segmentation'),
  sourceImage: dcm('121322', 'Source image for image processing operation'),
  acquisitionEquipment: dcm('109101', 'Acquisition Equipment'),
  processingEquipment: dcm('109102', 'Processing Equipment'),
});

/** How an algorithm works (CID 7162). */
export const ALGORITHM_FAMILY = Object.freeze({
  artificialIntelligence: dcm('123110', 'Artificial Intelligence'),
  manual: dcm('123109', 'Manual Processing'),
  multiScaleFiltering: dcm('123106', 'Multi-Scale/Resolution Filtering'),
  histogram: dcm('123105', 'Histogram Analysis'),
  morphology: dcm('123104', 'Morphological Operations'),
});

/** A vessel with its side. */
export interface SidedVessel {
  readonly label: string;
  readonly type: CodedConcept;
  readonly modifier?: CodedConcept;
}

const sided = (label: string, type: CodedConcept, modifier?: CodedConcept): SidedVessel =>
  Object.freeze({ label, type, ...(modifier && { modifier }) });

/** Labels of the TopCoW challenge; SNOMED CT has no code for the third A2, which is an anterior cerebral artery. */
export const TOPCOW: Readonly<Record<number, SidedVessel>> = Object.freeze({
  1: sided('BA', VESSEL.basilar),
  2: sided('R-PCA', VESSEL.posteriorCerebral, LATERALITY.right),
  3: sided('L-PCA', VESSEL.posteriorCerebral, LATERALITY.left),
  4: sided('R-ICA', VESSEL.internalCarotid, LATERALITY.right),
  5: sided('R-MCA', VESSEL.middleCerebral, LATERALITY.right),
  6: sided('L-ICA', VESSEL.internalCarotid, LATERALITY.left),
  7: sided('L-MCA', VESSEL.middleCerebral, LATERALITY.left),
  8: sided('R-Pcom', VESSEL.posteriorCommunicating, LATERALITY.right),
  9: sided('L-Pcom', VESSEL.posteriorCommunicating, LATERALITY.left),
  10: sided('Acom', VESSEL.anteriorCommunicating),
  11: sided('R-ACA', VESSEL.anteriorCerebral, LATERALITY.right),
  12: sided('L-ACA', VESSEL.anteriorCerebral, LATERALITY.left),
  15: sided('3rd-A2', VESSEL.anteriorCerebral),
});
