import type { CenterlineGraph } from '../centerline/graph';
import type { Backend, BackendChoice } from '../inference/backend';
import type { ModelManifest } from '../inference/manifest';
import type { RunPlan } from '../inference/plan';
import type { GpuSeconds } from '../inference/webgpu/layer';
import type { QcReport } from '../metrics/report';
import type { Box } from '../volume/box';
import type { Geometry, Vec3 } from '../volume/geometry';
import type { SurfaceMesh } from '../volume/surface';
import type { Resampling } from '../volume/resampling';
import type { Volume } from '../volume/volume';

export type { Backend, BackendChoice } from '../inference/backend';
export type { RunPlan } from '../inference/plan';

/** Stages of a run, in order; each weighs a share of the progress bar. */
export type Stage = 'load' | 'compile' | 'infer' | 'clean' | 'skeleton' | 'centerline' | 'qc';

export interface Progress {
  readonly stage: Stage;
  /** Of the whole run, 0 to 1, never falling. */
  readonly fraction: number;
  /** Seconds until the end, once it can be told. */
  readonly remaining?: number;
}

export interface ModelSource {
  readonly manifest: ModelManifest;
  /** Where the .onnx file is (absolute URL, same origin), or what the user picked: bytes, or a file, which is not copied. */
  readonly file: string | ArrayBuffer | Blob;
}

export interface SegmentRequest {
  /** Its array is transferred to the worker and gone for the caller: give a copy of what the viewer holds. */
  readonly volume: Volume;
  /**
   * Of an image that is no regular grid: `volume` has its slices one after the other, and is put on the grid of this
   * first. The masks that go in and come out are on that grid.
   */
  readonly resampling?: Resampling;
  /** A mask on the same grid to compare with; transferred too. */
  readonly reference?: Uint8Array;
  readonly model: ModelSource;
  /** The part of the image, on its regular grid, that vessels are looked for in; all unless said. */
  readonly region?: Box;
  /** Probability in 0..1 from which a voxel is vessel. */
  readonly threshold: number;
  /** Components smaller than this are dropped, mm³. */
  readonly minComponent: number;
  /** Absolute URL of the folder with ONNX Runtime's .mjs and .wasm. */
  readonly runtimeBase: string;
  /** `auto` is the default. */
  readonly backend?: BackendChoice;
}

/** A run that is only planned. */
export interface PlanRequest extends Pick<
  SegmentRequest,
  'model' | 'runtimeBase' | 'backend' | 'region'
> {
  /** [nx, ny, nz] of the image. */
  readonly dims: Vec3;
  /** Its voxel size, mm. */
  readonly spacing: Vec3;
  /** Bytes of a voxel of the image, as it will be handed over. */
  readonly voxelBytes: number;
}

export interface Analysis {
  readonly graph: CenterlineGraph;
  readonly qc: QcReport;
}

export interface SegmentResult extends Analysis {
  /** 0 or 1, x fastest. */
  readonly mask: Uint8Array;
  readonly backend: Backend;
  /** Seconds per stage. */
  readonly timings: Readonly<Partial<Record<Stage, number>>>;
  /** What the GPU spent on the steps of tiles, where it ran whole layers of them and has a clock. */
  readonly gpuSeconds?: GpuSeconds;
  /** Tiles that the network ran. */
  readonly tiles: number;
  /** Tiles of one value that were answered without it. */
  readonly skipped: number;
  /**
   * Peak memory of the run, bytes: ONNX Runtime's WASM heap (which never shrinks) and the arrays of image,
   * probabilities, tiles and masks that were alive at once. A lower bound: JavaScript tells nothing of GPU buffers,
   * of short-lived arrays in the kernels and of the browser's own memory.
   */
  readonly peakBytes: number;
}

/** Parameters that turn the probability map into a mask. */
export interface ThresholdOptions {
  readonly threshold: number;
  readonly minComponent: number;
}

/**
 * The pipeline as the worker offers it; `PipelineClient` wraps it with AbortSignal, watchdog and restart.
 * Masks are transferred, never shared. Errors cross as {code, message} and are thrown as InputError again.
 */
export interface PipelineWorker {
  /** Whether a model can be taken; see {@link inspectModel}. */
  inspect(model: ModelSource): Promise<void>;
  /** What a run would take; loads the network for it. */
  plan(request: PlanRequest, onProgress: (p: Progress) => void): Promise<RunPlan>;
  segment(request: SegmentRequest, onProgress: (p: Progress) => void): Promise<SegmentResult>;
  /** The mask at another threshold, from the kept probability map; no skeleton, for the live slider. */
  preview(options: ThresholdOptions): Promise<Uint8Array>;
  /** Probability map of the last run, 0..255, or undefined before one. */
  probability(): Promise<Uint8Array | undefined>;
  /** Centerlines and QC of a mask, against a reference on the same grid when given. */
  analyse(
    mask: Uint8Array,
    geometry: Geometry,
    reference: Uint8Array | undefined,
    onProgress: (p: Progress) => void,
  ): Promise<Analysis>;
  /** Only the 26-connected component that holds a voxel (index coordinates); throws where the voxel is background. */
  keepComponent(mask: Uint8Array, dims: Vec3, voxel: Vec3): Promise<Uint8Array>;
  /** A smooth closed surface around a mask, for display. */
  surface(mask: Uint8Array, geometry: Geometry): Promise<SurfaceMesh>;
  /** Stop the run at the next tile or stage. */
  cancel(): void;
  /** Free session, device and probability map. */
  release(): Promise<void>;
}
