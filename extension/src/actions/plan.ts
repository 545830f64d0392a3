import type { Unsubscribe } from '@ohif/core';
import { InputError } from '@vessels/volume/errors';
import type { VesselsContext } from '../context';
import { currentModel, planKey } from '../state/store';
import { currentSession } from './session';

/** Cornerstone's images have two or four bytes a voxel; which, is known once they have arrived. */
const VOXEL_BYTES = 4;

/**
 * Keep in the panel what a run would take, for the series and the model that are chosen. The worker loads the network
 * for it, so that a run begins at once.
 *
 * @returns the function that stops it
 */
export function followPlan(ctx: VesselsContext): Unsubscribe {
  let asked: string | undefined;
  const look = () => {
    const state = ctx.store.getState();
    const key = planKey(state);
    if (key === undefined || key === asked || state.activity.kind !== 'idle') return;
    asked = key;
    void plan(ctx, key);
  };
  look();
  return ctx.store.subscribe(look);
}

async function plan(ctx: VesselsContext, of: string): Promise<void> {
  const { store, client, configuration } = ctx;
  try {
    const { geometry } = currentSession(ctx).series;
    const { region } = store.getState();
    const model = currentModel(store.getState())!;
    const found = await client.plan({
      dims: geometry.dims,
      spacing: geometry.spacing,
      ...(typeof region === 'object' && { region }),
      voxelBytes: VOXEL_BYTES,
      model: { manifest: model.manifest, file: model.file },
      runtimeBase: runtimeBase(ctx),
      backend: configuration.backend,
    });
    store.setState({ plan: { of, ...found } });
  } catch (error) {
    // What else can go wrong is told by the run.
    if (error instanceof InputError && error.code === 'plan.memory')
      store.setState({ plan: { of, refusal: error.message } });
  }
}

/** Address of the folder with ONNX Runtime's files. */
export const runtimeBase = ({ configuration: { assetBase } }: VesselsContext): string =>
  new URL('ort/', assetBase).href;
