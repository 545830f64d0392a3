/** The parts of dcmjs 0.52 that we use; the package has no types of its own. */
declare module 'dcmjs' {
  /** One element: the value representation and its values (items of a sequence are elements by tag). */
  export interface DcmjsElement {
    vr?: string;
    Value?: unknown[];
  }
  /** Elements by tag, eight hexadecimal digits in upper case. */
  export type DcmjsElements = Record<string, DcmjsElement>;

  export class DicomDict {
    constructor(meta: DcmjsElements);
    meta: DcmjsElements;
    dict: DcmjsElements;
    write(options?: { allowInvalidVRLength?: boolean; fragmentMultiframe?: boolean }): ArrayBuffer;
  }

  interface ReadOptions {
    ignoreErrors?: boolean;
    /** Stop at this tag, on every level. */
    untilTag?: string;
    includeUntilTagValue?: boolean;
    noCopy?: boolean;
  }

  interface Data {
    DicomDict: typeof DicomDict;
    DicomMessage: { readFile(bytes: ArrayBuffer, options?: ReadOptions): DicomDict };
    DicomMetaDictionary: {
      dictionary: Record<string, { tag: string; vr: string; vm: string; name: string } | undefined>;
      nameMap: Record<string, { tag: string; vr: string; vm: string; name: string } | undefined>;
      naturalizeDataset(elements: DcmjsElements): Record<string, unknown>;
      denaturalizeDataset(dataset: Record<string, unknown>): DcmjsElements;
      namifyDataset(elements: DcmjsElements): Record<string, unknown>;
      uid(): string;
      date(): string;
      time(): string;
    };
    /** Between RGB (0..1) and CIELab as DICOM scales it (PS3.3 C.10.7.1.1). */
    Colors: {
      rgb2DICOMLAB(rgb: readonly number[]): number[];
      dicomlab2RGB(lab: readonly number[]): number[];
    };
    datasetToDict(dataset: Record<string, unknown>): DicomDict;
    datasetToBuffer(dataset: Record<string, unknown>): Buffer;
  }

  export const data: Data;
  interface Log {
    /** @param persist keep the level in the browser's storage (yes, unless false) */
    setLevel(level: string, persist?: boolean): void;
    getLogger(name: string): Log;
  }

  export const log: Log;
  const dcmjs: { data: Data; log: Log };
  export default dcmjs;
}
