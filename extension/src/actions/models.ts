import { checkManifest } from '@vessels/inference/parseManifest';
import { InputError } from '@vessels/volume/errors';
import type { VesselsContext } from '../context';
import { sentence } from '../state/sentence';
import type { ModelChoice } from '../state/types';
import { readModelFiles } from './modelFiles';

/** Name of the list of bundled manifests, written by the build. */
const INDEX = 'models/index.json';

/** Offer the models that are bundled with the extension. */
export async function loadModels({
  store,
  configuration: { assetBase },
}: VesselsContext): Promise<void> {
  if (store.getState().models.length > 0) return;
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
        `The list of bundled models could not be read from ${new URL(INDEX, assetBase).pathname}; open a model file, or ask who installed the extension to check assetBase.`,
      ).message,
    });
  }
}

/** Offer a model from disk, and choose it. */
export async function openModel({ store }: VesselsContext, files: readonly File[]): Promise<void> {
  if (files.length === 0) return;
  store.setState({ error: undefined });
  try {
    const model = await readModelFiles(files);
    const modality = store.getState().series?.modality;
    if (modality && !model.manifest.modalities.some((m) => m === modality))
      throw new InputError(
        'model.modality',
        `The model is made for ${model.manifest.modalities.join(' and ')} images, not for ${modality}; choose another one.`,
      );
    addModels(store, [model]);
    chooseModel({ store }, model.id);
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
