import type { CodedConcept } from './types';

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

/** Vessels as segmented property types (CID 7151, 7156, 12105, 3015). */
export const VESSEL = Object.freeze({
  bloodVessel: sct('59820001', 'Blood Vessel'),
  artery: sct('51114001', 'Artery'),
  vein: sct('29092000', 'Vein'),
  lumen: sct('91747007', 'Lumen of blood vessel'),
  circleOfWillis: sct('11279006', 'Circle of Willis'),
  internalCarotid: sct('86117002', 'Internal carotid artery'),
  commonCarotid: sct('32062004', 'Common carotid artery'),
  vertebral: sct('85234005', 'Vertebral artery'),
  basilar: sct('59011009', 'Basilar artery'),
  anteriorCerebral: sct('60176003', 'Anterior Cerebral Artery'),
  middleCerebral: sct('17232002', 'Middle Cerebral Artery'),
  posteriorCerebral: sct('70382005', 'Posterior Cerebral Artery'),
  anteriorCommunicating: sct('8012006', 'Anterior communicating artery'),
  posteriorCommunicating: sct('43119007', 'Posterior communicating artery'),
  m1: sct('414722000', 'Middle Cerebral Artery M1 Segment'),
  m2: sct('414723005', 'Middle Cerebral Artery M2 Segment'),
  p1: sct('415144009', 'Posterior Cerebral Artery P1 Segment'),
  p2: sct('415145005', 'Posterior Cerebral Artery P2 Segment'),
  aorta: sct('15825003', 'Aorta'),
  pulmonaryArtery: sct('81040000', 'Pulmonary artery'),
  pulmonaryVein: sct('430757002', 'Pulmonary Vein'),
  portalVein: sct('32764006', 'Portal vein'),
  hepaticVein: sct('8993003', 'Hepatic vein'),
  hepaticArtery: sct('76015000', 'Hepatic artery'),
  coronaryArtery: sct('41801008', 'Coronary artery'),
  rightCoronary: sct('13647002', 'Right Coronary Artery'),
  leftAnteriorDescending: sct('59438005', 'Left Anterior Descending Coronary Artery'),
  circumflex: sct('57396003', 'Circumflex Coronary Artery'),
});

/** Findings of a vessel as segmented property types (CID 3810, 7151). */
export const ABNORMALITY = Object.freeze({
  aneurysm: sct('85659009', 'Aneurysm'),
  stenosis: sct('415582006', 'Stenosis'),
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
  heart: sct('80891009', 'Heart'),
});

/** How an object came about: derivation (CID 7203), purpose of reference (CID 7202, 7005), algorithm family (CID 7162). */
export const PROVENANCE = Object.freeze({
  segmentation: dcm('113076', 'Segmentation'),
  sourceImage: dcm('121322', 'Source image for image processing operation'),
  acquisitionEquipment: dcm('109101', 'Acquisition Equipment'),
  processingEquipment: dcm('109102', 'Processing Equipment'),
  artificialIntelligence: dcm('123110', 'Artificial Intelligence'),
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
