import { dicomDate, dicomDateTime, dicomTime } from '../dateTime';
import { longString } from '../seg/segmentItems';
import { contributingEquipment } from '../seg/write/sourceModules';
import type { NaturalDataset } from '../types';
import { textOf } from '../values';
import { PRIVATE_SCHEME } from './concepts';
import type { SegReference } from './measurements';
import type { SrRequest } from './request';

const SERIES_NUMBER = 301;

interface Instance {
  readonly seriesUID: string;
  readonly sopClassUID: string;
  readonly sopInstanceUID: string;
}

/** References by study and series (PS3.3 C.17.2.1). */
function hierarchy(studyUID: string, instances: readonly Instance[]): NaturalDataset[] {
  const series = [...new Set(instances.map(({ seriesUID }) => seriesUID))];
  return [
    {
      StudyInstanceUID: studyUID,
      ReferencedSeriesSequence: series.map((uid) => ({
        SeriesInstanceUID: uid,
        ReferencedSOPSequence: instances
          .filter(({ seriesUID }) => seriesUID === uid)
          .map(({ sopClassUID, sopInstanceUID }) => ({
            ReferencedSOPClassUID: sopClassUID,
            ReferencedSOPInstanceUID: sopInstanceUID,
          })),
      })),
    },
  ];
}

const instanceOf = ({ seriesInstanceUID, ...rest }: SegReference): Instance => ({
  seriesUID: seriesInstanceUID,
  sopClassUID: rest.sopClassUID,
  sopInstanceUID: rest.sopInstanceUID,
});

/** Every instance that the content refers to: the images and the SEG. */
function evidence({ sources, seg }: SrRequest): NaturalDataset[] {
  const images = sources.map((source) => ({
    seriesUID: textOf(source, 'SeriesInstanceUID')!,
    sopClassUID: textOf(source, 'SOPClassUID')!,
    sopInstanceUID: textOf(source, 'SOPInstanceUID')!,
  }));
  return hierarchy(textOf(sources[0]!, 'StudyInstanceUID')!, [...images, instanceOf(seg)]);
}

/** SR Document Series, General Equipment and SR Document General (PS3.3 C.17.1, C.7.5.1, C.17.2). */
export function documentModules(request: SrRequest, now: Date): NaturalDataset {
  const { software, sources, predecessor } = request;
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
    Manufacturer: longString(software.name),
    ManufacturerModelName: longString(software.name),
    SoftwareVersions: longString(software.version),
    // Software has no serial number; its version is what tells one build from another.
    DeviceSerialNumber: longString(software.version),
    ContributingEquipmentSequence: contributingEquipment(sources[0]!, software, dicomDateTime(now)),
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
    ...(predecessor && {
      PredecessorDocumentsSequence: hierarchy(textOf(sources[0]!, 'StudyInstanceUID')!, [
        instanceOf(predecessor),
      ]),
    }),
  };
}
