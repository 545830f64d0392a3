import { codeOf } from '../seg/codeItems';
import type { CodedConcept, NaturalDataset } from '../types';
import { itemsOf, numberOf, numbersOf, textOf } from '../values';
import {
  DERIVATION,
  MEASURE,
  NAME,
  OWN,
  sameCode,
  STENOSIS_METHOD,
  UNIT,
  VERDICT,
} from './concepts';
import { named, need, numberIn, textIn, unusable, valueOf } from './contentTree';
import type { BranchMeasurements, Stenosis, TopologyQc } from './measurements';
import type { Tracking } from './tracking';

/** A branch as an SR tells of it. */
export interface ReportedBranch extends BranchMeasurements {
  readonly tracking: Tracking;
  /** The SEG that holds the segment. */
  readonly seg: { readonly sopClassUID: string; readonly sopInstanceUID: string };
  readonly category?: CodedConcept;
  readonly finding?: CodedConcept;
  readonly site?: CodedConcept;
  readonly laterality?: CodedConcept;
  /** Path length by the distance of the ends; absent when these meet. */
  readonly tortuosity?: number;
  readonly frameOfReferenceUID: string;
}

/** The centerline of a group; one without is no branch of ours. */
export const centerlineOf = (group: NaturalDataset): NaturalDataset | undefined =>
  named(group, NAME.centerline, 'SCOORD3D')[0];

/** Points of an SCOORD3D item. @throws DicomError `sr.coordinates` */
function pointsOf(item: NaturalDataset, graphicType: string, least: number): Float32Array {
  const numbers = numbersOf(item, 'GraphicData', 3 * least);
  if (textOf(item, 'GraphicType') !== graphicType || !numbers || numbers.length % 3 !== 0)
    throw unusable(
      'sr.coordinates',
      'GraphicData',
      'PS3.3 C.18.9.1',
      `is no ${graphicType} of ${least} or more finite points x, y, z`,
    );
  return Float32Array.from(numbers);
}

/** The point of a centerline that lies at a place. */
function indexOf(points: Float32Array, [x, y, z]: Float32Array): number {
  let [nearest, least] = [0, Infinity];
  for (let i = 0; i < points.length / 3; i++) {
    const distance = Math.hypot(
      points[3 * i]! - x!,
      points[3 * i + 1]! - y!,
      points[3 * i + 2]! - z!,
    );
    if (distance < least) [nearest, least] = [i, distance];
  }
  return nearest;
}

function diameter(group: NaturalDataset, derivation: CodedConcept): number {
  const item = named(group, MEASURE.lumenDiameter, 'NUM').find((one) =>
    sameCode(valueOf(named(one, NAME.derivation)[0]), derivation),
  );
  if (item) return numberIn(item, UNIT.millimetre);
  throw unusable(
    'sr.missing-item',
    'ContentSequence',
    'PS3.16 TID 1419',
    `of a branch holds no ${derivation.meaning.toLowerCase()} of the lumen diameter`,
  );
}

function stenosisOf(group: NaturalDataset): Stenosis | undefined {
  const [item] = [
    ...named(group, MEASURE.diameterStenosis, 'NUM'),
    ...named(group, MEASURE.areaStenosis, 'NUM'),
  ];
  if (!item) return undefined;
  const code = valueOf(named(item, NAME.method)[0]);
  const method = (Object.keys(STENOSIS_METHOD) as Stenosis['method'][]).find((key) =>
    sameCode(code, STENOSIS_METHOD[key]),
  );
  if (method) return { percent: numberIn(item, UNIT.percent), method };
  throw unusable(
    'sr.method',
    'ConceptCodeSequence',
    'PS3.16 CID 3804',
    'of a stenosis names no method of measuring it',
  );
}

function segmentOf(group: NaturalDataset) {
  const [reference = {}] = itemsOf(need(group, NAME.segment, 'IMAGE'), 'ReferencedSOPSequence');
  const segment = numberOf(reference, 'ReferencedSegmentNumber');
  if (segment === undefined)
    throw unusable(
      'sr.segment',
      'ReferencedSegmentNumber',
      'PS3.16 TID 1411',
      'of a branch is missing',
    );
  return {
    segment,
    seg: {
      sopClassUID: textIn(reference, 'ReferencedSOPClassUID'),
      sopInstanceUID: textIn(reference, 'ReferencedSOPInstanceUID'),
    },
  };
}

const defined = <T extends object>(values: T): T =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;

/** A group of TID 1411 with its centerline. @throws DicomError */
export function readBranch(group: NaturalDataset, centerline: NaturalDataset): ReportedBranch {
  const points = pointsOf(centerline, 'POLYLINE', 2);
  const [site] = named(group, NAME.findingSite, 'CODE');
  const [narrowest] = named(group, NAME.narrowest, 'SCOORD3D');
  const [tortuosity] = named(group, OWN.tortuosity, 'NUM');
  return defined({
    ...segmentOf(group),
    tracking: {
      id: textIn(need(group, NAME.trackingId, 'TEXT'), 'TextValue'),
      uid: textIn(need(group, NAME.trackingUid, 'UIDREF'), 'UID'),
    },
    category: valueOf(named(group, NAME.findingCategory)[0]),
    finding: valueOf(named(group, NAME.finding)[0]),
    site: valueOf(site),
    laterality: site && valueOf(named(site, NAME.laterality)[0]),
    points,
    length: numberIn(need(group, MEASURE.pathLength, 'NUM'), UNIT.millimetre),
    minDiameter: diameter(group, DERIVATION.minimum),
    meanDiameter: diameter(group, DERIVATION.mean),
    maxDiameter: diameter(group, DERIVATION.maximum),
    narrowest: narrowest && indexOf(points, pointsOf(narrowest, 'POINT', 1)),
    tortuosity: tortuosity && numberIn(tortuosity, UNIT.none),
    stenosis: stenosisOf(group),
    frameOfReferenceUID: textIn(centerline, 'ReferencedFrameOfReferenceUID'),
  });
}

/** Whether a group holds our quality control. */
export const isQc = (group: NaturalDataset): boolean =>
  named(group, NAME.finding, 'CODE').some((item) => sameCode(valueOf(item), OWN.topologyQc));

/** A group of quality control. @throws DicomError */
export function readQc(group: NaturalDataset): TopologyQc {
  const count = (name: CodedConcept) => numberIn(need(group, name, 'NUM'), UNIT.none);
  const code = codeOf(need(group, OWN.verdict, 'CODE'), 'ConceptCodeSequence');
  const verdict = (Object.keys(VERDICT) as TopologyQc['verdict'][]).find((key) =>
    sameCode(code, VERDICT[key]),
  );
  if (!verdict)
    throw unusable(
      'sr.verdict',
      'ConceptCodeSequence',
      'PS3.16 TID 1501',
      'of the quality control is no verdict of ours',
    );
  return {
    betti: { b0: count(OWN.b0), b1: count(OWN.b1), b2: count(OWN.b2) },
    findings: count(OWN.findings),
    verdict,
  };
}
