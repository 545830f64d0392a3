import { formatDecimal } from '../decimal';
import { codeItem } from '../seg/codeItems';
import type { CodedConcept, NaturalDataset } from '../types';

/** How a content item belongs to the one above it (PS3.3 C.17.3.2.4). */
export type Relationship =
  'CONTAINS' | 'HAS OBS CONTEXT' | 'HAS CONCEPT MOD' | 'HAS ACQ CONTEXT' | 'INFERRED FROM';

/** A content item: its relationship, value type, concept name, value and children (PS3.3 C.17.3). */
function contentItem(
  relationship: Relationship,
  valueType: string,
  name: CodedConcept | undefined,
  value: NaturalDataset,
  children: readonly NaturalDataset[] = [],
): NaturalDataset {
  return {
    RelationshipType: relationship,
    ValueType: valueType,
    ...(name && { ConceptNameCodeSequence: [codeItem(name)] }),
    ...value,
    ...(children.length > 0 && { ContentSequence: children }),
  };
}

export const codeValue = (
  relationship: Relationship,
  name: CodedConcept,
  value: CodedConcept,
  children: readonly NaturalDataset[] = [],
): NaturalDataset =>
  contentItem(relationship, 'CODE', name, { ConceptCodeSequence: [codeItem(value)] }, children);

export const text = (
  relationship: Relationship,
  name: CodedConcept,
  value: string,
): NaturalDataset => contentItem(relationship, 'TEXT', name, { TextValue: value });

export const uidReference = (
  relationship: Relationship,
  name: CodedConcept,
  uid: string,
): NaturalDataset => contentItem(relationship, 'UIDREF', name, { UID: uid });

export const personName = (
  relationship: Relationship,
  name: CodedConcept,
  value: string,
): NaturalDataset => contentItem(relationship, 'PNAME', name, { PersonName: value });

/** A number; a Decimal String of 16 characters that does not hold all of it has the rest beside it (PS3.3 C.18.1). */
export function numeric(
  relationship: Relationship,
  name: CodedConcept,
  value: number,
  unit: CodedConcept,
  children: readonly NaturalDataset[] = [],
): NaturalDataset {
  const decimal = formatDecimal(value);
  return contentItem(
    relationship,
    'NUM',
    name,
    {
      MeasuredValueSequence: [
        {
          NumericValue: decimal,
          ...(Number(decimal) !== value && { FloatingPointValue: value }),
          MeasurementUnitsCodeSequence: [codeItem(unit)],
        },
      ],
    },
    children,
  );
}

/** An image, or a segment of one. @param name purpose of reference; none in the image library */
export const imageReference = (
  name: CodedConcept | undefined,
  { sopClassUID, sopInstanceUID }: { sopClassUID: string; sopInstanceUID: string },
  segment?: number,
): NaturalDataset =>
  contentItem('CONTAINS', 'IMAGE', name, {
    ReferencedSOPSequence: [
      {
        ReferencedSOPClassUID: sopClassUID,
        ReferencedSOPInstanceUID: sopInstanceUID,
        ...(segment !== undefined && { ReferencedSegmentNumber: segment }),
      },
    ],
  });

/** A place in the patient: x, y, z, x, y, z … in LPS mm (PS3.3 C.18.9). */
export const coordinates = (
  name: CodedConcept,
  graphicType: 'POINT' | 'POLYLINE',
  points: Float32Array,
  frameOfReferenceUID: string,
): NaturalDataset =>
  contentItem('CONTAINS', 'SCOORD3D', name, {
    GraphicType: graphicType,
    GraphicData: Array.from(points),
    ReferencedFrameOfReferenceUID: frameOfReferenceUID,
  });

export const container = (
  name: CodedConcept,
  children: readonly NaturalDataset[],
  template?: string,
): NaturalDataset => contentItem('CONTAINS', 'CONTAINER', name, containerValue(template), children);

/** What makes a content item a container; the root of a document is one too. */
export const containerValue = (template?: string): NaturalDataset => ({
  ContinuityOfContent: 'SEPARATE',
  ...(template && {
    ContentTemplateSequence: [{ MappingResource: 'DCMR', TemplateIdentifier: template }],
  }),
});
