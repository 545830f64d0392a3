import { dicomDate, dicomDateTime, dicomTime } from '../../dateTime';
import type { NaturalDataset } from '../../types';
import type { SegRequest } from './request';
import { longString } from '../segmentItems';
import { contributingEquipment } from './sourceModules';

const SERIES_NUMBER = 300;

/** Content Label is a Code String (PS3.5 6.2). */
const codeString = (text: string): string =>
  text
    .toUpperCase()
    .replaceAll(/[^A-Z0-9 _]/g, '_')
    .slice(0, 16);

/** Series, equipment and content of the object itself. */
export function ownModules(request: SegRequest, now: Date): NaturalDataset {
  const { software, sources, resampled } = request;
  const date = { date: dicomDate(now), time: dicomTime(now) };
  return {
    InstanceCreationDate: date.date,
    InstanceCreationTime: date.time,
    Modality: 'SEG',
    SeriesNumber: request.seriesNumber ?? SERIES_NUMBER,
    SeriesDescription: longString(request.seriesDescription ?? 'Vessels'),
    SeriesDate: date.date,
    SeriesTime: date.time,
    InstanceNumber: 1,
    ContentDate: date.date,
    ContentTime: date.time,
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
    ContentLabel: codeString(request.contentLabel ?? 'VESSELS'),
    ContentDescription: `Vessels${resampled ? ', series resampled' : ''}; research use only, not for diagnosis`,
    ContentCreatorName: `${software.name}^`,
    ContentQualification: 'RESEARCH',
  };
}
