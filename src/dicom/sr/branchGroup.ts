import { CATEGORY, LATERALITY } from '../codes';
import { type Algorithm, algorithmItems } from './algorithm';
import type { CodedConcept, InstanceReference, NaturalDataset, SegmentDescription } from '../types';
import { DERIVATION, MEASURE, NAME, OWN, sameCode, STENOSIS_METHOD, UNIT } from './concepts';
import {
  codeValue,
  container,
  coordinates,
  imageReference,
  numeric,
  text,
  uidReference,
} from './contentItems';
import { type BranchMeasurements, tortuosityOf } from './measurements';

/** What the group of a branch says besides its measures. */
export interface BranchContext {
  readonly segment: SegmentDescription;
  readonly tracking: { readonly id: string; readonly uid: string };
  readonly seg: InstanceReference;
  readonly sourceSeriesUID: string;
  readonly frameOfReferenceUID: string;
  readonly algorithm: Algorithm;
}

const isSide = (code: CodedConcept | undefined): code is CodedConcept =>
  Object.values(LATERALITY).some((side) => sameCode(code, side));

/** The vessel itself is the site of what is measured in it; a finding in a vessel lies where its segment says. */
function sites({ category, type, modifier, anatomicRegion }: SegmentDescription): NaturalDataset[] {
  const side = isSide(modifier) ? [codeValue('HAS CONCEPT MOD', NAME.laterality, modifier)] : [];
  const site = sameCode(category, CATEGORY.anatomicalStructure) ? type : anatomicRegion;
  return site ? [codeValue('HAS CONCEPT MOD', NAME.findingSite, site, side)] : [];
}

const measured = (
  name: CodedConcept,
  value: number,
  unit: CodedConcept,
  method: CodedConcept,
  derivation?: CodedConcept,
): NaturalDataset =>
  numeric('CONTAINS', name, value, unit, [
    codeValue('HAS CONCEPT MOD', NAME.method, method),
    ...(derivation ? [codeValue('HAS CONCEPT MOD', NAME.derivation, derivation)] : []),
  ]);

function measures(branch: BranchMeasurements): NaturalDataset[] {
  const { points, length, minDiameter, meanDiameter, maxDiameter, stenosis } = branch;
  const tortuosity = tortuosityOf(points, length);
  const diameter = (value: number, derivation: CodedConcept) =>
    measured(MEASURE.lumenDiameter, value, UNIT.millimetre, OWN.inscribedSphere, derivation);
  return [
    diameter(minDiameter, DERIVATION.minimum),
    diameter(meanDiameter, DERIVATION.mean),
    diameter(maxDiameter, DERIVATION.maximum),
    measured(MEASURE.pathLength, length, UNIT.millimetre, OWN.smoothedCenterline),
    ...(tortuosity === undefined
      ? []
      : [measured(OWN.tortuosity, tortuosity, UNIT.none, OWN.smoothedCenterline)]),
    ...(stenosis
      ? [
          measured(
            stenosis.method === 'area' ? MEASURE.areaStenosis : MEASURE.diameterStenosis,
            stenosis.percent,
            UNIT.percent,
            STENOSIS_METHOD[stenosis.method],
          ),
        ]
      : []),
  ];
}

/**
 * A branch as a group of TID 1411 (Volumetric ROI Measurements): the segment is the region. The centerline stands
 * beside it under the code of CID 219; the template is extensible and has no row for a second geometry.
 */
export function branchGroup(branch: BranchMeasurements, context: BranchContext): NaturalDataset {
  const { segment, tracking, seg, sourceSeriesUID, frameOfReferenceUID, algorithm } = context;
  const { points, narrowest } = branch;
  return container(
    NAME.group,
    [
      text('HAS OBS CONTEXT', NAME.trackingId, tracking.id),
      uidReference('HAS OBS CONTEXT', NAME.trackingUid, tracking.uid),
      codeValue('CONTAINS', NAME.findingCategory, segment.category),
      codeValue('CONTAINS', NAME.finding, segment.type),
      imageReference(NAME.segment, seg, segment.number),
      uidReference('CONTAINS', NAME.sourceSeries, sourceSeriesUID),
      ...sites(segment),
      ...algorithmItems(algorithm),
      ...measures(branch),
      coordinates(NAME.centerline, 'POLYLINE', points, frameOfReferenceUID),
      ...(narrowest === undefined
        ? []
        : [
            coordinates(
              NAME.narrowest,
              'POINT',
              points.subarray(3 * narrowest, 3 * narrowest + 3),
              frameOfReferenceUID,
            ),
          ]),
    ],
    '1411',
  );
}
