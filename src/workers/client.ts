import { proxy, transfer, type Remote } from 'comlink';
import { RUNTIME_LOAD } from '../inference/session';
import { CancelledError, InputError } from '../volume/errors';
import type { Geometry, Vec3 } from '../volume/geometry';
import type { SurfaceMesh } from '../volume/surface';
import { Connection, notStarted, type WorkerLike } from './connection';
import { carryErrors } from './errorTransfer';
import type {
  Analysis,
  ModelSource,
  PipelineWorker,
  PlanRequest,
  Progress,
  RunPlan,
  SegmentRequest,
  SegmentResult,
  Stage,
  ThresholdOptions,
} from './protocol';
import { startWorker } from './startWorker';
import { SteadyProgress } from './steadyProgress';
import { Watchdog } from './watchdog';

export interface CallOptions {
  /** Cancels the call; it rejects with CancelledError within one tile or stage. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/**
 * Seconds of silence in a stage after which the worker counts as hanging. A tile takes seconds on a slow machine
 * and most of a minute on a software adapter; shaders compile for long; the kernels say nothing on their way.
 */
const PATIENCE: Readonly<Record<Stage | 'answer', number>> = Object.freeze({
  load: 120,
  compile: 300,
  infer: 120,
  clean: 120,
  skeleton: 300,
  centerline: 300,
  qc: 300,
  answer: 300,
});

/** How long a worker may take to answer a cancel before it is ended, ms. */
const GRACE = 15_000;

/** After these a worker is of no use any more: ONNX Runtime does not load twice. */
const FATAL: readonly string[] = Object.freeze([RUNTIME_LOAD, 'worker.memory']);

/**
 * The pipeline for the viewer's thread. The worker starts with the first call. One that hangs, crashes or does not
 * answer a cancel is ended, and the next call starts a new one; the probability map is lost with it.
 *
 * Every method rejects with CancelledError or InputError, whose message is one sentence for the user. Arrays that
 * are given are transferred: they are gone for the caller.
 */
export class PipelineClient {
  readonly #start: () => WorkerLike;
  #connection: Connection | undefined;

  constructor(start: () => WorkerLike = startWorker) {
    this.#start = start;
    carryErrors();
  }

  /** Whether a model can be taken; see {@link PipelineWorker.inspect}. */
  inspect(model: ModelSource): Promise<void> {
    return this.#call('answer', (remote) => remote.inspect(model));
  }

  /** What a run would take; see {@link PipelineWorker.plan}. */
  plan(request: PlanRequest, options: CallOptions = {}): Promise<RunPlan> {
    return this.#call('load', (remote, report) => remote.plan(request, report), options);
  }

  /** Vessels, centerlines and QC of an image; see {@link PipelineWorker.segment}. */
  segment(request: SegmentRequest, options: CallOptions = {}): Promise<SegmentResult> {
    const { volume, reference } = request;
    const handed = [...buffers(volume.data), ...(reference ? buffers(reference) : [])];
    return this.#call(
      'load',
      (remote, report) => remote.segment(transfer(request, handed), report),
      options,
    );
  }

  /** The mask at another threshold; see {@link PipelineWorker.preview}. */
  preview(options: ThresholdOptions): Promise<Uint8Array> {
    return this.#call('answer', (remote) => remote.preview(options));
  }

  /** A copy of the last run's probability map; see {@link PipelineWorker.probability}. */
  probability(): Promise<Uint8Array | undefined> {
    return this.#call('answer', (remote) => remote.probability());
  }

  /** Centerlines and QC of a mask; see {@link PipelineWorker.analyse}. */
  analyse(
    mask: Uint8Array,
    geometry: Geometry,
    reference: Uint8Array | undefined,
    options: CallOptions = {},
  ): Promise<Analysis> {
    return this.#call(
      'skeleton',
      (remote, report) =>
        remote.analyse(moved(mask), geometry, reference && moved(reference), report),
      options,
    );
  }

  /** The connected component at a voxel; see {@link PipelineWorker.keepComponent}. */
  keepComponent(mask: Uint8Array, dims: Vec3, voxel: Vec3): Promise<Uint8Array> {
    return this.#call('answer', (remote) => remote.keepComponent(moved(mask), dims, voxel));
  }

  /** A surface around a mask; see {@link PipelineWorker.surface}. */
  surface(mask: Uint8Array, geometry: Geometry): Promise<SurfaceMesh> {
    return this.#call('answer', (remote) => remote.surface(moved(mask), geometry));
  }

  /** End the worker and free all of its memory; calls that wait for it reject with CancelledError. */
  async release(): Promise<void> {
    this.#connection?.end(new CancelledError());
  }

  async #call<T>(
    first: Stage | 'answer',
    invoke: (remote: Remote<PipelineWorker>, report: (progress: Progress) => void) => Promise<T>,
    { signal, onProgress }: CallOptions = {},
  ): Promise<T> {
    if (signal?.aborted) throw new CancelledError();
    const connection = this.#connect();
    const watchdog = new Watchdog(PATIENCE[first], () => connection.end(silent()));
    let isOver = false;
    let grace: ReturnType<typeof setTimeout> | undefined;
    const cancel = () => {
      void connection.remote.cancel();
      grace = setTimeout(() => connection.end(new CancelledError()), GRACE);
    };
    const steady = new SteadyProgress((progress) => onProgress?.(progress));
    const report = (progress: Progress) => {
      if (isOver) return;
      watchdog.heard(PATIENCE[progress.stage]);
      steady.report(progress);
    };
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      return await Promise.race([invoke(connection.remote, proxy(report)), connection.ended]);
    } catch (error) {
      if (error instanceof InputError && FATAL.includes(error.code)) connection.end(error);
      throw error;
    } finally {
      isOver = true;
      watchdog.stop();
      steady.stop();
      clearTimeout(grace);
      signal?.removeEventListener('abort', cancel);
    }
  }

  #connect(): Connection {
    return (this.#connection ??= new Connection(this.#startWorker(), (ended) => {
      if (this.#connection === ended) this.#connection = undefined;
    }));
  }

  /** A browser refuses a script of another origin, or one that the page's policy does not allow. */
  #startWorker(): WorkerLike {
    try {
      return this.#start();
    } catch {
      throw notStarted();
    }
  }
}

/** The memory of an array, where it can be handed over. */
const buffers = ({ buffer }: ArrayBufferView): Transferable[] =>
  buffer instanceof ArrayBuffer ? [buffer] : [];

const moved = (array: Uint8Array): Uint8Array => transfer(array, buffers(array));

const silent = () =>
  new InputError(
    'worker.silent',
    'The computation gave no sign of life for minutes and was stopped; the study is unchanged, run it again.',
  );
