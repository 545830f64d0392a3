import { PROVENANCE } from '../../codes';
import { standardElements } from '../../part10';
import type { NaturalDataset } from '../../types';
import { textOf } from '../../values';
import { codeItem } from '../codeItems';

/** Type 2 elements of Patient and General Study: present even when the source lacks them. */
const REQUIRED = Object.freeze({
  PatientName: null,
  PatientID: null,
  PatientBirthDate: null,
  PatientSex: null,
  StudyDate: null,
  StudyTime: null,
  StudyID: null,
  AccessionNumber: null,
  ReferringPhysicianName: null,
});

/** Further elements of Patient, General Study, Patient Study and Clinical Trial that an object of the study repeats. */
const COPIED: readonly string[] = Object.freeze([
  'IssuerOfPatientID',
  'IssuerOfPatientIDQualifiersSequence',
  'OtherPatientIDsSequence',
  'OtherPatientNames',
  'PatientBirthTime',
  'EthnicGroup',
  'PatientComments',
  'PatientSpeciesDescription',
  'PatientSpeciesCodeSequence',
  'PatientBreedDescription',
  'PatientBreedCodeSequence',
  'BreedRegistrationSequence',
  'ResponsiblePerson',
  'ResponsiblePersonRole',
  'ResponsibleOrganization',
  'QualityControlSubject',
  'PatientIdentityRemoved',
  'DeidentificationMethod',
  'DeidentificationMethodCodeSequence',
  'StudyInstanceUID',
  'StudyDescription',
  'IssuerOfAccessionNumberSequence',
  'ProcedureCodeSequence',
  'PhysiciansOfRecord',
  'NameOfPhysiciansReadingStudy',
  'ReferencedStudySequence',
  'AdmittingDiagnosesDescription',
  'PatientAge',
  'PatientSize',
  'PatientWeight',
  'PatientSexNeutered',
  'Occupation',
  'AdditionalPatientHistory',
  'ClinicalTrialSponsorName',
  'ClinicalTrialProtocolID',
  'ClinicalTrialProtocolName',
  'ClinicalTrialSiteID',
  'ClinicalTrialSiteName',
  'ClinicalTrialSubjectID',
  'ClinicalTrialSubjectReadingID',
  'ClinicalTrialTimePointID',
  'ClinicalTrialTimePointDescription',
  'ClinicalTrialCoordinatingCenterName',
]);

/** Patient, study and clinical trial as the source has them. */
export const patientAndStudy = (source: NaturalDataset): NaturalDataset => ({
  ...REQUIRED,
  ...standardElements(source, [...Object.keys(REQUIRED), ...COPIED]),
});

/** Lossy compression of the sources carries over to what was derived from them (PS3.3 C.7.6.1.1.5). */
export function lossyCompression(sources: readonly NaturalDataset[]): NaturalDataset {
  const lossy = sources.find((source) => textOf(source, 'LossyImageCompression') === '01');
  if (!lossy) return { LossyImageCompression: '00' };
  return standardElements(lossy, [
    'LossyImageCompression',
    'LossyImageCompressionRatio',
    'LossyImageCompressionMethod',
  ]);
}

/** The program that writes. */
export interface Software {
  readonly name: string;
  readonly version: string;
  /** Manufacturer (0008,0070); the name unless said. */
  readonly manufacturer?: string;
}

/**
 * What had a part in the object: the scanner of the source, and our program (PS3.3 C.12.1.1.5).
 *
 * @param note a sentence on what our program did besides
 */
export const contributingEquipment = (
  source: NaturalDataset,
  { name, version, manufacturer = name }: Software,
  dateTime: string,
  note?: string,
): NaturalDataset[] => [
  ...(textOf(source, 'Manufacturer')
    ? [
        {
          ...standardElements(source, [
            'Manufacturer',
            'InstitutionName',
            'StationName',
            'ManufacturerModelName',
            'DeviceSerialNumber',
            'SoftwareVersions',
          ]),
          PurposeOfReferenceCodeSequence: [codeItem(PROVENANCE.acquisitionEquipment)],
        },
      ]
    : []),
  {
    Manufacturer: manufacturer,
    ManufacturerModelName: name,
    SoftwareVersions: version,
    ContributionDateTime: dateTime,
    ContributionDescription: `Vessel segmentation; research use only, not for diagnosis${note ? `. ${note}` : ''}`,
    PurposeOfReferenceCodeSequence: [codeItem(PROVENANCE.processingEquipment)],
  },
];
