import { type Algorithm, algorithmItems } from './algorithm';
import type { InstanceReference, NaturalDataset } from '../types';
import { NAME, OWN, UNIT, VERDICT } from './concepts';
import { codeValue, container, imageReference, numeric, text, uidReference } from './contentItems';
import type { TopologyQc } from './measurements';

const counted = (count: number, one: string, many: string) =>
  `${count} ${count === 1 ? one : many}`;

/** The result in one sentence for a reader of the report. */
function summary({ betti, findings, verdict }: TopologyQc): string {
  const parts = [
    counted(betti.b0, 'component', 'components'),
    counted(betti.b1, 'loop', 'loops'),
    counted(betti.b2, 'cavity', 'cavities'),
    counted(findings, 'finding', 'findings'),
  ];
  return `${VERDICT[verdict].meaning}; ${parts.join(', ')}.`;
}

/** Quality control of the whole mask as a group of TID 1501; its region is the SEG. */
export function qcGroup(
  qc: TopologyQc,
  seg: InstanceReference,
  uid: string,
  algorithm: Algorithm,
): NaturalDataset {
  return container(
    NAME.group,
    [
      text('HAS OBS CONTEXT', NAME.trackingId, OWN.topologyQc.meaning),
      uidReference('HAS OBS CONTEXT', NAME.trackingUid, uid),
      codeValue('CONTAINS', NAME.finding, OWN.topologyQc),
      codeValue('HAS CONCEPT MOD', NAME.method, OWN.connectivity),
      ...algorithmItems(algorithm),
      numeric('CONTAINS', OWN.b0, qc.betti.b0, UNIT.none),
      numeric('CONTAINS', OWN.b1, qc.betti.b1, UNIT.none),
      numeric('CONTAINS', OWN.b2, qc.betti.b2, UNIT.none),
      numeric('CONTAINS', OWN.findings, qc.findings, UNIT.none),
      imageReference(NAME.sourceOfMeasurement, seg),
      codeValue('CONTAINS', OWN.verdict, VERDICT[qc.verdict]),
      text('CONTAINS', OWN.summary, summary(qc)),
    ],
    '1501',
  );
}
