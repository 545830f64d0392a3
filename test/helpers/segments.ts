import { CATEGORY, LATERALITY, REGION, VESSEL } from '@vessels/dicom/codes';
import type { SegmentDescription } from '@vessels/dicom/types';

const algorithm = {
  name: 'Vessel net',
  version: '1.2.0',
  parameters: `model sha256 ${'0a'.repeat(32)}, threshold 0.50`,
};

/** All vessels, as the pipeline describes them. */
export const VESSELS: SegmentDescription = {
  number: 1,
  label: 'Vessels',
  category: CATEGORY.anatomicalStructure,
  type: VESSEL.bloodVessel,
  anatomicRegion: REGION.head,
  algorithmType: 'AUTOMATIC',
  color: '#d03c3c',
  algorithm,
};

/** A second segment that uses everything a description can say. */
export const LEFT_ICA: SegmentDescription = {
  number: 2,
  label: 'L-ICA',
  category: CATEGORY.anatomicalStructure,
  type: VESSEL.internalCarotid,
  modifier: LATERALITY.left,
  algorithmType: 'SEMIAUTOMATIC',
  color: '#3c78d0',
  algorithm,
  tracking: { id: 'left internal carotid', uid: '1.2.826.0.1.77' },
};

/** A third one, drawn by hand. */
export const ANEURYSM: SegmentDescription = {
  number: 3,
  label: 'Aneurysm',
  category: CATEGORY.morphologicallyAbnormalStructure,
  type: VESSEL.bloodVessel,
  algorithmType: 'MANUAL',
  color: '#40c040',
};
