import { writeSeg, type LabelmapRequest } from '@vessels/dicom/seg';
import { writeSr } from '@vessels/dicom/sr';
import type { InstanceReference } from '@vessels/dicom/types';
import manifest from '../../package.json';
import type { Session, VesselsContext } from '../context';
import type { StorableObject, VesselResult } from '../state/types';
import { VESSEL_SEGMENT } from '../viewer/segmentation';
import { vesselSegment } from './segment';

/** As our objects name their maker. */
const softwareOf = ({ configuration: { manufacturer } }: VesselsContext) => ({
  name: 'ohif-vessels',
  version: manifest.version,
  ...(manufacturer && { manufacturer }),
});

/** A mask of a series (0 and 1) as SEG, the next version of the one that was stored before. */
export function segOf(
  ctx: VesselsContext,
  session: Session,
  result: VesselResult,
  labelmap: Uint8Array,
  kind: LabelmapRequest['kind'] = ctx.configuration.segmentation,
): StorableObject {
  const { slices, instances, resampled } = session.series;
  const { compression, seriesDescription } = ctx.configuration;
  const predecessor = ctx.stored.get(session.uid)?.SEG;
  const written = writeSeg({
    kind,
    geometry: slices,
    sources: instances,
    labelmap,
    segments: [vesselSegment(result, session)],
    compression,
    seriesDescription,
    ...(resampled !== undefined && { resampled }),
    software: softwareOf(ctx),
    ...(predecessor && { predecessor }),
  });
  return { ...written, what: 'SEG', kind, result };
}

/** The measurements and the quality control of a result as SR, next version of the one that was stored before. */
export function reportOf(
  ctx: VesselsContext,
  session: Session,
  result: VesselResult,
  seg: InstanceReference,
): StorableObject {
  const { graph, qc } = result.analysis;
  const { instances, resampled } = session.series;
  const { betti, verdict } = qc;
  const predecessor = ctx.stored.get(session.uid)?.SR;
  const written = writeSr({
    branches: graph.branches.map((branch) => ({ ...branch, segment: VESSEL_SEGMENT })),
    qc: { betti, verdict, findings: qc.findings.length },
    seg,
    segments: [vesselSegment(result, session)],
    sources: instances,
    ...(resampled !== undefined && { resampled }),
    seriesDescription: `${ctx.configuration.seriesDescription}, measurements`,
    software: softwareOf(ctx),
    ...(predecessor && { predecessor }),
  });
  return { ...written, what: 'SR', result };
}
