import { dicomDate, dicomDateTime, dicomTime } from '../dateTime';
import { longString } from '../seg/segmentItems';
import { contributingEquipment } from '../seg/write/sourceModules';
import { byStudyAndSeries, instancesOf, predecessorOf } from '../references';
import type { NaturalDataset } from '../types';
import { textOf } from '../values';
import { PRIVATE_SCHEME } from './concepts';
import type { SrRequest } from './request';

const SERIES_NUMBER = 301;

/** Every instance that the content refers to: the images and the SEG. */
function evidence({ sources, seg }: SrRequest): NaturalDataset[] {
  const study = textOf(sources[0]!, 'StudyInstanceUID')!;
  return byStudyAndSeries(study, [...instancesOf(sources), seg]);
}

/** SR Document Series, General Equipment and SR Document General (PS3.3 C.17.1, C.7.5.1, C.17.2). */
export function documentModules(request: SrRequest, now: Date): NaturalDataset {
  const { software, sources, predecessor, resampled } = request;
  const [date, time] = [dicomDate(now), dicomTime(now)];
  return {
    InstanceCreationDate: date,
    InstanceCreationTime: time,
    Modality: 'SR',
    SeriesNumber: request.seriesNumber ?? SERIES_NUMBER,
    SeriesDescription: longString(request.seriesDescription ?? 'Vessel measurements'),
    SeriesDate: date,
    SeriesTime: time,
    ReferencedPerformedProcedureStepSequence: [],
    InstanceNumber: 1,
    ContentDate: date,
    ContentTime: time,
    Manufacturer: longString(software.manufacturer ?? software.name),
    ManufacturerModelName: longString(software.name),
    SoftwareVersions: longString(software.version),
    // Software has no serial number; its version is what tells one build from another.
    DeviceSerialNumber: longString(software.version),
    ContributingEquipmentSequence: contributingEquipment(
      sources[0]!,
      software,
      dicomDateTime(now),
      resampled,
    ),
    CodingSchemeIdentificationSequence: [
      {
        CodingSchemeDesignator: PRIVATE_SCHEME,
        CodingSchemeName: 'Codes of ohif-vessels',
        CodingSchemeVersion: '1',
        CodingSchemeResponsibleOrganization: 'ohif-vessels',
      },
    ],
    PerformedProcedureCodeSequence: [],
    CompletionFlag: 'COMPLETE',
    VerificationFlag: 'UNVERIFIED',
    CurrentRequestedProcedureEvidenceSequence: evidence(request),
    ...predecessorOf(sources[0]!, predecessor),
  };
}
