import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AddedModel, ModelChoice, Planned, VesselResult, VesselsState } from './types';

export type VesselsStore = StoreApi<VesselsState>;

const EMPTY: VesselsState = {
  models: [],
  activity: { kind: 'idle' },
  results: {},
  references: [],
  notStored: [],
  canStore: false,
};

/** The one state of the extension, outside React: panels come and go, a result stays. */
export const createVesselsStore = (): VesselsStore => createStore<VesselsState>()(() => EMPTY);

/** Back to the beginning, the models known so far kept. */
export const resetStore = (store: VesselsStore): void =>
  store.setState(({ models }) => ({ ...EMPTY, models }), true);

/** Result of the series that the panel shows. */
export const currentResult = ({ series, results }: VesselsState): VesselResult | undefined =>
  series && results[series.uid];

/** Models made for the modality of the series. */
export const offeredModels = ({ series, models }: VesselsState): readonly ModelChoice[] =>
  models.filter(({ manifest }) => manifest.modalities.some((m) => m === series?.modality));

const isAdded = (model: ModelChoice): model is AddedModel => typeof model.file !== 'string';

/** Models that the user added, of any modality. */
export const addedModels = ({ models }: VesselsState): readonly AddedModel[] =>
  models.filter(isAdded);

/** The chosen model when it fits the series, else the first that does. */
export function currentModel(state: VesselsState): ModelChoice | undefined {
  const offered = offeredModels(state);
  return offered.find(({ id }) => id === state.modelId) ?? offered[0];
}

/** Names what a plan depends on: the series and the model; undefined where there is nothing to run. */
export function planKey(state: VesselsState): string | undefined {
  const { series } = state;
  const model = currentModel(state);
  return series && model && !series.refusal
    ? `${series.uid} ${model.id} ${model.manifest.sha256}`
    : undefined;
}

/** The plan of a run on the series with the chosen model, once it is known. */
export const currentPlan = (state: VesselsState): Planned | undefined =>
  state.plan?.of === planKey(state) ? state.plan : undefined;

/** The threshold that the slider shows: the user's, else the one that the model's card was measured at. */
export const thresholdOf = (state: VesselsState): number =>
  state.threshold ?? currentModel(state)?.manifest.threshold ?? 0.5;

/** Whether a person changed the mask after the model (brush, keep component). */
export const isEdited = ({ mask, modelMask }: VesselResult): boolean => mask !== modelMask;

/** What a SEG holds of a result; a comparison with another reference changes nothing of it. */
const STORED = Object.freeze(['seriesUID', 'mask', 'modelMask', 'threshold', 'model'] as const);

const holds = ({ saved }: VesselsState, result: VesselResult): boolean =>
  saved !== undefined && STORED.every((part) => saved.result[part] === result[part]);

/** Whether the result shown was stored as it is. */
export const isSaved = (state: VesselsState): boolean => {
  const result = currentResult(state);
  return result !== undefined && holds(state, result) && state.stale !== result.seriesUID;
};

/** Whether a result or an object would be lost when the page closes. */
export const hasUnsaved = (state: VesselsState): boolean =>
  state.notStored.length > 0 ||
  Object.values(state.results).some((result) => !holds(state, result));
