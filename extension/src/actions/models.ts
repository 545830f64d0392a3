import { checkManifest } from '@vessels/inference/parseManifest';
import { InputError } from '@vessels/volume/errors';
import type { VesselsContext } from '../context';
import { keptModels } from '../host/keptModels';
import { sentence } from '../state/sentence';
import type { ModelChoice } from '../state/types';
import { readModelFiles } from './modelFiles';

/** Name of the list of bundled manifests, written by the build. */
const INDEX = 'models/index.json';

/** Offer the models that are bundled with the extension, then those that the user added. */
export async function loadModels(ctx: VesselsContext): Promise<void> {
  const { store } = ctx;
  if (store.getState().models.length > 0) return;
  await loadBundled(ctx);
  await loadKept(ctx);
}

async function loadBundled({ store, configuration: { assetBase } }: VesselsContext): Promise<void> {
  try {
    const response = await fetch(new URL(INDEX, assetBase));
    if (!response.ok) throw new Error(`status ${response.status}`);
    const index = (await response.json()) as unknown[];
    const manifests = index.map((json) => checkManifest(json, INDEX));
    addModels(
      store,
      manifests.map((manifest) => ({
        id: manifest.id,
        manifest,
        file: new URL(`models/${manifest.file}`, assetBase).href,
      })),
    );
  } catch {
    store.setState({
      error: new InputError(
        'model.index',
        `The list of bundled models could not be read from ${new URL(INDEX, assetBase).pathname}; add a model file, or ask who installed the extension to check assetBase.`,
      ).message,
    });
  }
}

async function loadKept({ store }: VesselsContext): Promise<void> {
  try {
    const { models, unreadable } = await keptModels.list();
    addModels(store, models);
    if (unreadable.length > 0)
      throw new InputError(
        'model.kept',
        `The browser keeps models that this version cannot read (${unreadable.join(', ')}); import and add them again.`,
      );
  } catch (error) {
    // Who never added a model need not hear that the browser would not keep one.
    if (error instanceof InputError && error.code === 'model.storage') return;
    store.setState({ error: sentence(error) });
  }
}

/** Check a model from disk; what is found is shown before it is used. The chosen model stays until then. */
export async function openModel(
  { store, client }: Pick<VesselsContext, 'store' | 'client'>,
  files: readonly File[],
): Promise<void> {
  if (files.length === 0 || store.getState().activity.kind !== 'idle') return;
  store.setState({ error: undefined, candidate: undefined, activity: { kind: 'checking' } });
  try {
    const model = await readModelFiles(files);
    const { manifest, file } = model;
    const modality = store.getState().series?.modality;
    if (modality && !manifest.modalities.some((m) => m === modality))
      throw new InputError(
        'model.modality',
        `The model is made for ${manifest.modalities.join(' and ')} images, not for ${modality}; choose another one.`,
      );
    await client.inspect({ manifest, file });
    store.setState({ candidate: model });
  } catch (error) {
    store.setState({ error: sentence(error) });
  } finally {
    store.setState({ activity: { kind: 'idle' } });
  }
}

/** Keep the model that was checked, and use it. */
export async function keepModel({ store }: Pick<VesselsContext, 'store'>): Promise<void> {
  const { candidate } = store.getState();
  if (!candidate) return;
  store.setState({ error: undefined });
  try {
    await keptModels.put(candidate);
    addModels(store, [candidate]);
    chooseModel({ store }, candidate.id);
    store.setState({ candidate: undefined });
  } catch (error) {
    store.setState({ error: sentence(error) });
  }
}

/** Leave the model that was checked. */
export const declineModel = ({ store }: Pick<VesselsContext, 'store'>): void =>
  store.setState({ candidate: undefined });

/** Delete an added model from the browser; where it was chosen, the first one that fits is. */
export async function deleteModel(
  { store }: Pick<VesselsContext, 'store'>,
  id: string,
): Promise<void> {
  store.setState({ error: undefined });
  try {
    await keptModels.remove(id);
    store.setState(({ models, modelId, threshold }) => ({
      models: models.filter((model) => model.id !== id),
      ...(modelId === id ? { modelId: undefined, threshold: undefined } : { modelId, threshold }),
    }));
  } catch (error) {
    store.setState({ error: sentence(error) });
  }
}

/** Use this model from the next run on; the threshold becomes the one that its card was measured at. */
export function chooseModel({ store }: Pick<VesselsContext, 'store'>, id: string): void {
  store.setState({ modelId: id, threshold: undefined });
}

const addModels = (store: VesselsContext['store'], added: readonly ModelChoice[]) =>
  store.setState(({ models }) => ({
    models: [...models.filter(({ id }) => !added.some((model) => model.id === id)), ...added],
  }));
