import { encodePart10 } from '../part10';
import { codeItem } from '../seg/codeItems';
import { patientAndStudy } from '../seg/write/sourceModules';
import { TRANSFER_SYNTAX } from '../syntaxes';
import { uidMaker } from '../uid';
import { textOf } from '../values';
import { branchGroup } from './branchGroup';
import { NAME } from './concepts';
import { container, containerValue } from './contentItems';
import { reportContext } from './context';
import { documentModules } from './documentModules';
import { qcGroup } from './qcGroup';
import { checkRequest, frameOfReference, type SrRequest } from './request';
import { trackingOf } from './tracking';

/** Comprehensive 3D SR Storage. */
export const COMPREHENSIVE_3D_SR = '1.2.840.10008.5.1.4.1.1.88.34';

/** An SR, encoded. */
export interface SrObject {
  /** Part 10 file, to be stored as it is. */
  readonly bytes: ArrayBuffer;
  readonly sopInstanceUID: string;
  readonly seriesInstanceUID: string;
  readonly sopClassUID: string;
  readonly transferSyntaxUID: string;
}

/**
 * Write measurements of vessels as a Comprehensive 3D SR (PS3.3 A.35.13) by TID 1500 (PS3.16): a group of TID 1411 per
 * branch with its segment in the SEG, lumen diameters, length, tortuosity, stenosis if measured and the centerline in
 * the frame of reference (LPS mm); a group of TID 1501 with the quality control.
 *
 * Patient and study are those of the sources; the series and the instance are new. Numbers keep all their digits,
 * coordinates are 32-bit floats as the standard has them.
 *
 * @throws InputError `sr.empty`, `sr.sources`, `sr.missing-tag`, `sr.frame-of-reference`, `sr.segment`, `sr.points`,
 *   `sr.value`
 */
export function writeSr(request: SrRequest): SrObject {
  checkRequest(request);
  const { branches, segments, sources, seg, software, qc, resampled, now = new Date() } = request;
  const algorithm = { ...software, ...(resampled && { parameters: resampled }) };
  const frameOfReferenceUID = frameOfReference(request);
  const uid = uidMaker(request.seed);
  const tracking = trackingOf(branches, segments, uid);
  const [sopInstanceUID, seriesInstanceUID] = [uid('SR instance'), uid('SR series')];
  const groups = branches.map((branch, i) =>
    branchGroup(branch, {
      segment: segments.find(({ number }) => number === branch.segment)!,
      tracking: tracking[i]!,
      seg,
      sourceSeriesUID: textOf(sources[0]!, 'SeriesInstanceUID')!,
      frameOfReferenceUID,
      algorithm,
    }),
  );
  const bytes = encodePart10({
    ...patientAndStudy(sources[0]!),
    ...documentModules(request, now),
    SOPClassUID: COMPREHENSIVE_3D_SR,
    SOPInstanceUID: sopInstanceUID,
    SeriesInstanceUID: seriesInstanceUID,
    ValueType: 'CONTAINER',
    ConceptNameCodeSequence: [codeItem(NAME.report)],
    ...containerValue('1500'),
    ContentSequence: [
      ...reportContext(request, frameOfReferenceUID),
      container(NAME.measurements, [
        ...groups,
        ...(qc ? [qcGroup(qc, seg, uid('SR quality control'), algorithm)] : []),
      ]),
    ],
  });
  return {
    bytes,
    sopInstanceUID,
    seriesInstanceUID,
    sopClassUID: COMPREHENSIVE_3D_SR,
    transferSyntaxUID: TRANSFER_SYNTAX.explicitLittleEndian,
  };
}
