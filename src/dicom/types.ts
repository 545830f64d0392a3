/** A coded concept (DICOM PS3.3 8.8). */
export interface CodedConcept {
  readonly value: string;
  readonly scheme: string;
  readonly meaning: string;
}

/**
 * A DICOM dataset with keyword names and plain values, as dcmjs naturalises it and as OHIF keeps it on
 * `displaySet.instances`. Values are checked where they are used.
 */
export type NaturalDataset = Readonly<Record<string, unknown>>;

/** A stored object; what `writeSeg` and `writeSr` return has it all. */
export interface InstanceReference {
  readonly sopClassUID: string;
  readonly sopInstanceUID: string;
  readonly seriesInstanceUID: string;
}

/** One segment of a SEG. */
export interface SegmentDescription {
  /** Its Segment Number, and the voxel value in a labelmap: 1..65535. */
  readonly number: number;
  readonly label: string;
  readonly category: CodedConcept;
  readonly type: CodedConcept;
  /** Laterality of the type. */
  readonly modifier?: CodedConcept;
  readonly anatomicRegion?: CodedConcept;
  /** AUTOMATIC: as the model left it; SEMIAUTOMATIC: corrected by a person; MANUAL: drawn. */
  readonly algorithmType: 'AUTOMATIC' | 'SEMIAUTOMATIC' | 'MANUAL';
  /** #rrggbb */
  readonly color: string;
  /** Required unless MANUAL. */
  readonly algorithm?: {
    readonly name: string;
    readonly version: string;
    /** Free text: model sha256, threshold. */
    readonly parameters: string;
    /** Who made the algorithm. */
    readonly source?: string;
    /** Artificial Intelligence unless said (CID 7162). */
    readonly family?: CodedConcept;
  };
  /** What follows the same vessel through objects and studies. */
  readonly tracking?: { readonly id: string; readonly uid: string };
}
