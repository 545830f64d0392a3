import { throwIfCancelled } from '@vessels/inference/tasks';
import { CancelledError, InputError } from '@vessels/volume/errors';
import type { Progress } from '@vessels/workers/protocol';
import type { Session, VesselsContext } from '../context';
import { fingerprintInTurns } from '../state/fingerprint';
import { sentence } from '../state/sentence';
import { currentModel, thresholdOf } from '../state/store';
import type { ModelChoice } from '../state/types';
import { makeLabelmapImages } from '../viewer/segmentation';
import { loadVoxels } from '../viewer/volume';
import { referenceFor } from './analyse';
import { commit } from './commit';
import { toSlices } from './grid';
import { runtimeBase } from './plan';
import { regionOfRun } from './region';
import { currentSession } from './session';

/** Share of the progress bar for the images that are still on their way. */
const IMAGES_SHARE = 0.2;

/** Run the chosen model on the series of the active viewport and show what it finds. One run at a time. */
export async function run(ctx: VesselsContext): Promise<void> {
  const { store } = ctx;
  if (store.getState().activity.kind !== 'idle') return;
  const abort = new AbortController();
  ctx.abort = abort;
  const report = (progress: Progress) => {
    if (!abort.signal.aborted) store.setState({ activity: { kind: 'running', progress } });
  };
  store.setState({ error: undefined });
  report({ stage: 'load', fraction: 0 });
  try {
    const session = currentSession(ctx);
    const model = currentModel(store.getState());
    if (!model) throw noModel(ctx);
    await segment(ctx, session, model, abort.signal, report);
  } catch (error) {
    if (!(error instanceof CancelledError)) store.setState({ error: sentence(error) });
  } finally {
    delete ctx.abort;
    store.setState({ activity: { kind: 'idle' } });
  }
}

/** Stop the run; the series stays as it was. */
export function cancel({ abort }: VesselsContext): void {
  abort?.abort();
}

async function segment(
  ctx: VesselsContext,
  session: Session,
  model: ModelChoice,
  signal: AbortSignal,
  report: (progress: Progress) => void,
): Promise<void> {
  const { series } = session;
  const { imageIds, slices, resampling } = series;
  const region = regionOfRun(ctx);
  const { store, client, configuration } = ctx;
  const threshold = thresholdOf(store.getState());
  const started = performance.now();
  let share = 0;
  const data = await loadVoxels(imageIds, slices.dims, signal, (loaded) => {
    share = IMAGES_SHARE;
    report({ stage: 'load', fraction: loaded * share });
  });
  const {
    mask: found,
    backend,
    graph,
    qc,
    tiles,
    skipped,
    gpuSeconds,
  } = await client.segment(
    {
      volume: { data, geometry: slices },
      ...(resampling && { resampling }),
      reference: referenceFor(ctx, session),
      model: { manifest: model.manifest, file: model.file },
      ...(region && { region }),
      threshold,
      minComponent: configuration.minComponent,
      runtimeBase: runtimeBase(ctx),
      backend: configuration.backend,
    },
    {
      signal,
      onProgress: (p: Progress) => report({ ...p, fraction: share + p.fraction * (1 - share) }),
    },
  );
  const mask = toSlices(series, found);
  const print = await fingerprintInTurns(mask);
  await makeLabelmapImages(series);
  throwIfCancelled(signal);
  store.setState({ probabilityOf: session.uid });
  await commit(ctx, session, mask, {
    seriesUID: session.uid,
    analysis: { graph, qc },
    threshold,
    model: model.manifest,
    backend,
    mask: print,
    modelMask: print,
    ...(region && { region }),
    tiles,
    skipped,
    ...(gpuSeconds && { gpuSeconds }),
    seconds: (performance.now() - started) / 1000,
  });
}

const noModel = ({ store }: VesselsContext) =>
  new InputError(
    'model.none',
    `There is no model for ${store.getState().series?.modality ?? 'this'} images; open a model file.`,
  );
