import type { InstanceReference } from '@vessels/dicom/types';
import type { ModelManifest } from '@vessels/inference/manifest';
import type { MaskDelta } from '@vessels/tools/maskDelta';
import type { Box } from '@vessels/volume/box';
import type {
  Analysis,
  Backend,
  Progress,
  RunPlan,
  SegmentResult,
} from '@vessels/workers/protocol';

/** A model that can be chosen: bundled with the extension, or added from disk. */
export interface ModelChoice {
  readonly id: string;
  readonly manifest: ModelManifest;
  /** Absolute URL of a bundled model, or the file of an added one. */
  readonly file: string | Blob;
  /** Its card, where it came with one. */
  readonly card?: string;
}

/** A model that the user added and the browser keeps. */
export interface AddedModel extends ModelChoice {
  readonly file: Blob;
}

/** The series that the panel works on: that of the active viewport. */
export interface SeriesInfo {
  /** OHIF's displaySetInstanceUID. */
  readonly uid: string;
  /** Names the series in every mode session: by DICOM's own UIDs. */
  readonly key: string;
  readonly studyUID: string;
  readonly label: string;
  readonly modality: string;
  /** Why it cannot be used, one sentence. */
  readonly refusal?: string;
  /** Whether a series that is refused can be used on a regular grid, if the user agrees. */
  readonly canResample?: boolean;
  /** How it was put onto a regular grid, one sentence: the user has agreed. */
  readonly resampled?: string;
}

/**
 * What is known of one state of a series' vessels; replaced as a whole, so that undo is a change of pointer. The
 * mask itself lives in the viewer's labelmap alone.
 */
export interface VesselResult {
  /** OHIF's displaySetInstanceUID of the series. */
  readonly seriesUID: string;
  readonly analysis: Analysis;
  readonly threshold: number;
  readonly model: ModelManifest;
  readonly backend: Backend;
  /** Fingerprints of the mask as it is, and as the model left it. */
  readonly mask: number;
  readonly modelMask: number;
  /** The part of the series' grid that was looked at; all unless said. */
  readonly region?: Box;
  /** Tiles that the network ran, and those of one value that it did not have to. */
  readonly tiles: number;
  readonly skipped: number;
  /** What the GPU spent on the steps of tiles, where it tells. */
  readonly gpuSeconds?: SegmentResult['gpuSeconds'];
  /** Seconds of the model's run as a whole. */
  readonly seconds: number;
}

/** What the extension is doing. */
export type Activity =
  | { readonly kind: 'idle' }
  | { readonly kind: 'checking' }
  | { readonly kind: 'running'; readonly progress: Progress }
  | { readonly kind: 'updating'; readonly progress?: Progress }
  | { readonly kind: 'saving' };

/** A SEG of the study that may serve as reference. */
export interface ReferenceChoice {
  readonly uid: string;
  readonly label: string;
}

/** What a SEG holds of a result; a comparison with another reference changes nothing of it. */
export type StoredState = Pick<
  VesselResult,
  'seriesUID' | 'mask' | 'modelMask' | 'threshold' | 'model'
>;

/** A SEG that was stored, and the state of the vessels that it holds. */
export interface SavedSeg {
  readonly of: StoredState;
  readonly label: string;
  readonly seg: InstanceReference;
  /** Label of the SR that was stored with it. */
  readonly report?: string;
}

/** A DICOM object ready to be stored. */
export interface StorableObject extends InstanceReference {
  readonly what: 'SEG' | 'SR';
  /** Of a SEG. */
  readonly kind?: 'LABELMAP' | 'BINARY';
  /** Part 10 file. */
  readonly bytes: ArrayBuffer;
  /** The state of the vessels that it holds. */
  readonly result: VesselResult;
}

/** An object that the server did not take; it stays until it is stored or dismissed. */
export interface NotStored extends StorableObject {
  readonly id: number;
  /** The server's reason, one sentence. */
  readonly reason: string;
}

/** Vessels of a series that were not saved when the mode was left. */
export interface KeptVessels {
  /** Of the series, see {@link SeriesInfo}. */
  readonly key: string;
  readonly result: VesselResult;
  /** What distinguishes the mask on the slices from an empty one. */
  readonly mask: MaskDelta;
  /** Whether the user had agreed to resample the series. */
  readonly mayResample: boolean;
  readonly notStored: readonly NotStored[];
}

/** What a run would take, or why it cannot be. */
export type Planned = RunPlan | { readonly refusal: string };

/** What the panel shows. */
export interface VesselsState {
  readonly series?: SeriesInfo;
  readonly models: readonly ModelChoice[];
  readonly modelId?: string;
  /** A model that was picked and checked; its card and licence are shown before it is used. */
  readonly candidate?: AddedModel;
  /** Chosen by the user; until then the model's own counts, see `thresholdOf`. */
  readonly threshold?: number;
  /** The part in view, where the next run looks at that alone; `none` where the planes show nothing in common. */
  readonly region?: Box | 'none';
  readonly activity: Activity;
  /** Of the series, region and model with this key, see `planKey`. */
  readonly plan?: Planned & { readonly of: string };
  /** The last thing that went wrong, one sentence. */
  readonly error?: string;
  /** By series uid. */
  readonly results: Readonly<Record<string, VesselResult>>;
  /** Series whose mask was changed in the viewer after its result was computed. */
  readonly stale?: string;
  /** Series whose probability map the worker holds: its threshold can be changed live. */
  readonly probabilityOf?: string;
  readonly references: readonly ReferenceChoice[];
  readonly referenceUID?: string;
  /** In the order of storing. */
  readonly saved: readonly SavedSeg[];
  readonly notStored: readonly NotStored[];
  /** From before the mode was left; outlives it. */
  readonly kept: readonly KeptVessels[];
  /** Whether the data source of the study takes objects. */
  readonly canStore: boolean;
}
