import { createStore, type StoreApi } from 'zustand/vanilla';
import type {
  AddedModel,
  KeptVessels,
  ModelChoice,
  Planned,
  SavedSeg,
  StoredState,
  VesselResult,
  VesselsState,
} from './types';

export type VesselsStore = StoreApi<VesselsState>;

const EMPTY: VesselsState = {
  models: [],
  activity: { kind: 'idle' },
  results: {},
  references: [],
  saved: [],
  notStored: [],
  kept: [],
  canStore: false,
};

/** The one state of the extension, outside React: panels come and go, a result stays. */
export const createVesselsStore = (): VesselsStore => createStore<VesselsState>()(() => EMPTY);

/** Back to the beginning; the models known so far and unsaved vessels are kept. */
export const resetStore = (store: VesselsStore): void =>
  store.setState(({ models, kept }) => ({ ...EMPTY, models, kept }), true);

/** Result of the series that the panel shows. */
export const currentResult = ({ series, results }: VesselsState): VesselResult | undefined =>
  series && results[series.uid];

/** Models made for the modality of the series, those for few modalities first. */
export const offeredModels = ({ series, models }: VesselsState): readonly ModelChoice[] =>
  models
    .filter(({ manifest }) => manifest.modalities.some((m) => m === series?.modality))
    .sort((a, b) => a.manifest.modalities.length - b.manifest.modalities.length);

const isAdded = (model: ModelChoice): model is AddedModel => typeof model.file !== 'string';

/** Models that the user added, of any modality. */
export const addedModels = ({ models }: VesselsState): readonly AddedModel[] =>
  models.filter(isAdded);

/** The chosen model when it fits the series, else the first that does. */
export function currentModel(state: VesselsState): ModelChoice | undefined {
  const offered = offeredModels(state);
  return offered.find(({ id }) => id === state.modelId) ?? offered[0];
}

/** Names what a plan depends on: the series, its region and the model; undefined where there is nothing to run. */
export function planKey(state: VesselsState): string | undefined {
  const { series, region } = state;
  const model = currentModel(state);
  return series && model && !series.refusal && region !== 'none'
    ? [
        series.uid,
        model.id,
        model.manifest.sha256,
        ...(region ? [JSON.stringify(region)] : []),
      ].join(' ')
    : undefined;
}

/** The plan of a run on the series with the chosen model, once it is known. */
export const currentPlan = (state: VesselsState): Planned | undefined =>
  state.plan && state.plan.of === planKey(state) ? state.plan : undefined;

/** The threshold that the slider shows: the user's, else the one that the model's card was measured at. */
export const thresholdOf = (state: VesselsState): number =>
  state.threshold ?? currentModel(state)?.manifest.threshold ?? 0.5;

/** Whether a person changed the mask after the model (brush, keep component). */
export const isEdited = ({ mask, modelMask }: VesselResult): boolean => mask !== modelMask;

const STORED: readonly (keyof StoredState)[] = Object.freeze([
  'seriesUID',
  'mask',
  'modelMask',
  'threshold',
  'model',
]);

/** Whether two states of the vessels are one SEG. */
export const isSameSeg = (a: StoredState, b: StoredState): boolean =>
  STORED.every((part) => a[part] === b[part]);

/** The stored SEG of a result, the last where there are several. */
export const savedAs = (
  { saved }: Pick<VesselsState, 'saved'>,
  result: StoredState,
): SavedSeg | undefined => saved.findLast(({ of }) => isSameSeg(of, result));

/** The stored SEG of the result shown, if it was stored as it is. */
export const currentSaved = (state: VesselsState): SavedSeg | undefined => {
  const result = currentResult(state);
  return result && state.stale !== result.seriesUID ? savedAs(state, result) : undefined;
};

/** Unsaved vessels of the series shown, the newest where there are several. */
export const currentKept = ({ series, kept }: VesselsState): KeptVessels | undefined =>
  kept.findLast(({ key }) => key === series?.key);

/** Whether a result or an object would be lost when the page closes. */
export const hasUnsaved = (state: VesselsState): boolean =>
  state.notStored.length > 0 ||
  state.kept.length > 0 ||
  state.stale !== undefined ||
  Object.values(state.results).some((result) => !savedAs(state, result));
