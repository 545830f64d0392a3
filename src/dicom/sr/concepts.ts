import type { CodedConcept } from '../types';

const code =
  (scheme: string) =>
  (value: string, meaning: string): CodedConcept =>
    Object.freeze({ scheme, value, meaning });
const [dcm, sct, ln, ucum] = [code('DCM'), code('SCT'), code('LN'), code('UCUM')];

/** The designator of our own codes; 99 marks a private scheme (PS3.16 8.2). */
export const PRIVATE_SCHEME = '99OHIFVESSELS';
const own = code(PRIVATE_SCHEME);

/** Names of content items (PS3.16 TID 1500, 1204, 1002, 1004, 1600, 1411, 1501, 1419, 4019). */
export const NAME = Object.freeze({
  report: dcm('126000', 'Imaging Measurement Report'),
  language: dcm('121049', 'Language of Content Item and Descendants'),
  observerType: dcm('121005', 'Observer Type'),
  personName: dcm('121008', 'Person Observer Name'),
  deviceUid: dcm('121012', 'Device Observer UID'),
  deviceName: dcm('121013', 'Device Observer Name'),
  deviceManufacturer: dcm('121014', 'Device Observer Manufacturer'),
  deviceModel: dcm('121015', 'Device Observer Model Name'),
  deviceSerial: dcm('121016', 'Device Observer Serial Number'),
  procedure: dcm('121058', 'Procedure reported'),
  library: dcm('111028', 'Image Library'),
  libraryGroup: dcm('126200', 'Image Library Group'),
  modality: dcm('121139', 'Modality'),
  frameOfReference: dcm('112227', 'Frame of Reference UID'),
  rows: dcm('110910', 'Pixel Data Rows'),
  columns: dcm('110911', 'Pixel Data Columns'),
  horizontalSpacing: dcm('111026', 'Horizontal Pixel Spacing'),
  verticalSpacing: dcm('111066', 'Vertical Pixel Spacing'),
  sliceThickness: dcm('112225', 'Slice Thickness'),
  measurements: dcm('126010', 'Imaging Measurements'),
  group: dcm('125007', 'Measurement Group'),
  trackingId: dcm('112039', 'Tracking Identifier'),
  trackingUid: dcm('112040', 'Tracking Unique Identifier'),
  findingCategory: sct('276214006', 'Finding category'),
  finding: dcm('121071', 'Finding'),
  segment: dcm('121191', 'Referenced Segment'),
  sourceSeries: dcm('121232', 'Source series for segmentation'),
  sourceOfMeasurement: dcm('121112', 'Source of Measurement'),
  method: sct('370129005', 'Measurement Method'),
  findingSite: sct('363698007', 'Finding Site'),
  laterality: sct('272741003', 'Laterality'),
  derivation: dcm('121401', 'Derivation'),
  algorithmName: dcm('111001', 'Algorithm Name'),
  algorithmVersion: dcm('111003', 'Algorithm Version'),
  algorithmParameters: dcm('111002', 'Algorithm Parameters'),
  /** CID 219 */
  centerline: dcm('130490', 'Centerline'),
  /** CID 3486 */
  narrowest: dcm('122382', 'Site of Lumen Minimum'),
});

/** What is measured (CID 218, 12119). */
export const MEASURE = Object.freeze({
  lumenDiameter: sct('397413000', 'Vessel lumen diameter'),
  pathLength: dcm('121211', 'Path length'),
  diameterStenosis: sct('408715008', 'Lumen Diameter Stenosis'),
  areaStenosis: sct('408714007', 'Lumen Area Stenosis'),
});

/** How a value sums up many (CID 7464). */
export const DERIVATION = Object.freeze({
  minimum: sct('255605001', 'Minimum'),
  mean: sct('373098007', 'Mean'),
  maximum: sct('56851009', 'Maximum'),
});

/** How the degree of a stenosis was measured (CID 3804). */
export const STENOSIS_METHOD = Object.freeze({
  NASCET: dcm('122655', 'NASCET'),
  ECST: dcm('122656', 'ECST'),
  area: dcm('122650', 'Area Based Method'),
  diameter: dcm('122651', 'Diameter Based Method'),
});

export const UNIT = Object.freeze({
  millimetre: ucum('mm', 'mm'),
  percent: ucum('%', 'Percent'),
  /** Counts and ratios. */
  none: ucum('1', 'no units'),
  pixels: ucum('{pixels}', 'Pixels'),
});

/** CID 5000, 270 */
export const VALUE = Object.freeze({
  english: code('RFC5646')('en', 'English'),
  person: dcm('121006', 'Person'),
  device: dcm('121007', 'Device'),
});

/** The codes of a modality (CID 29) and of a procedure with it (CID 100). */
export const MODALITY: Readonly<
  Record<string, { readonly modality: CodedConcept; readonly procedure: CodedConcept }>
> = Object.freeze({
  CT: {
    modality: dcm('CT', 'Computed Tomography'),
    procedure: ln('25045-6', 'CT unspecified body region'),
  },
  MR: {
    modality: dcm('MR', 'Magnetic Resonance'),
    procedure: ln('25056-3', 'MRI unspecified body region'),
  },
  PT: {
    modality: dcm('PT', 'Positron emission tomography'),
    procedure: ln('44136-0', 'PET unspecified body region'),
  },
  XA: {
    modality: dcm('XA', 'X-Ray Angiography'),
    procedure: sct('77343006', 'Angiography'),
  },
});

/** CID 100 */
export const OTHER_PROCEDURE = sct('363679005', 'Imaging procedure');

/** What the standard has no code for. docs/dicom.md defines each; the object itself names the scheme. */
export const OWN = Object.freeze({
  tortuosity: own('TORTUOSITY', 'Tortuosity (path length / distance of the ends)'),
  inscribedSphere: own('INSCRIBED_SPHERE', 'Largest sphere inside the lumen'),
  smoothedCenterline: own('CENTERLINE_PATH', 'Along the smoothed centerline'),
  topologyQc: own('TOPOLOGY_QC', 'Quality control of vessel topology'),
  connectivity: own('CUBICAL_26_6', 'Vessel 26-connected, background 6-connected'),
  b0: own('BETTI_0', 'Components (Betti number 0)'),
  b1: own('BETTI_1', 'Loops (Betti number 1)'),
  b2: own('BETTI_2', 'Cavities (Betti number 2)'),
  findings: own('QC_FINDINGS', 'Number of topology findings'),
  verdict: own('QC_VERDICT', 'Verdict on the topology'),
  summary: own('QC_SUMMARY', 'Summary of the topology'),
});

/** The values of {@link OWN}.verdict. */
export const VERDICT = Object.freeze({
  pass: own('QC_PASS', 'Pass: no warning'),
  review: own('QC_REVIEW', 'Review: warnings to look at'),
  empty: own('QC_EMPTY', 'Empty: no vessel'),
});

/** Whether two codes mean the same: the meaning is only text (PS3.3 8.1). */
export const sameCode = (a: CodedConcept | undefined, b: CodedConcept): boolean =>
  a?.value === b.value && a.scheme === b.scheme;
