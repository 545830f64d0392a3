import { decodePart10 } from '../part10';
import { codeOf } from '../seg/codeItems';
import { textOf } from '../values';
import { NAME, sameCode } from './concepts';
import { named, textIn, unusable } from './contentTree';
import type { TopologyQc } from './measurements';
import { centerlineOf, isQc, readBranch, readQc, type ReportedBranch } from './readGroups';

/** What an SR tells of vessels. */
export interface SrReport {
  readonly sopInstanceUID: string;
  readonly branches: readonly ReportedBranch[];
  readonly qc?: TopologyQc;
}

/** SOP classes that TID 1500 is used in: Comprehensive, Comprehensive 3D, Extensible. */
const SOP_CLASSES: readonly string[] = [
  '1.2.840.10008.5.1.4.1.1.88.33',
  '1.2.840.10008.5.1.4.1.1.88.34',
  '1.2.840.10008.5.1.4.1.1.88.35',
];

/**
 * Read the measurements of vessels from an SR by TID 1500. Measurement groups without a centerline, which other
 * programs write, are passed over.
 *
 * @throws DicomError `dicom.unreadable`, `sr.sop-class`, `sr.title`, `sr.missing-item`, `sr.missing-value`,
 *   `sr.number`, `sr.unit`, `sr.coordinates`, `sr.segment`, `sr.method`, `sr.verdict`
 */
export function readSr(file: ArrayBuffer): SrReport {
  const { dataset } = decodePart10(file);
  if (!SOP_CLASSES.includes(textOf(dataset, 'SOPClassUID') ?? ''))
    throw unusable('sr.sop-class', 'SOPClassUID', 'PS3.4 B.5', 'is none of an SR of measurements');
  if (!sameCode(codeOf(dataset, 'ConceptNameCodeSequence'), NAME.report))
    throw unusable(
      'sr.title',
      'ConceptNameCodeSequence',
      'PS3.16 TID 1500',
      'does not call the document an Imaging Measurement Report',
    );
  const groups = named(dataset, NAME.measurements, 'CONTAINER').flatMap((measurements) =>
    named(measurements, NAME.group, 'CONTAINER'),
  );
  const qc = groups.find(isQc);
  return {
    sopInstanceUID: textIn(dataset, 'SOPInstanceUID'),
    branches: groups.flatMap((group) => {
      const centerline = centerlineOf(group);
      return centerline ? [readBranch(group, centerline)] : [];
    }),
    ...(qc && { qc: readQc(qc) }),
  };
}
