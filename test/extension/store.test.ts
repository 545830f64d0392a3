import { describe, expect, it } from '@jest/globals';
import type { ModelManifest } from '@vessels/inference/manifest';
import {
  createVesselsStore,
  currentKept,
  currentModel,
  currentResult,
  hasUnsaved,
  isEdited,
  currentSaved,
  resetStore,
  thresholdOf,
} from '../../extension/src/state/store';
import type { KeptVessels, VesselResult } from '../../extension/src/state/types';

const model = (id: string, modalities: readonly string[], threshold: number) => ({
  id,
  manifest: { id, modalities, threshold } as unknown as ModelManifest,
  file: `${id}.onnx`,
});

const result = (seriesUID: string) => ({ seriesUID, mask: 1, modelMask: 1 }) as VesselResult;

const SEG = { sopClassUID: '1.1', sopInstanceUID: '1.2', seriesInstanceUID: '1.3' };

const opened = (modality: string) => {
  const store = createVesselsStore();
  store.setState({
    models: [model('both', ['CT', 'MR'], 0.6), model('mra', ['MR'], 0.4)],
    series: { uid: 's1', key: '1.3', studyUID: 'st', label: 'S1', modality },
  });
  return store;
};

describe('the state', () => {
  it('offers the model made for the modality alone, and the chosen one where it fits', () => {
    const store = opened('MR');
    expect(currentModel(store.getState())?.id).toBe('mra');
    store.setState({ modelId: 'both' });
    expect(currentModel(store.getState())?.id).toBe('both');
    const ct = opened('CT');
    ct.setState({ modelId: 'mra' });
    expect(currentModel(ct.getState())?.id).toBe('both');
    expect(currentModel(opened('US').getState())).toBeUndefined();
  });

  it('takes the threshold of the model until the user moves it', () => {
    const store = opened('MR');
    expect(thresholdOf(store.getState())).toBe(0.4);
    store.setState({ threshold: 0.7 });
    expect(thresholdOf(store.getState())).toBe(0.7);
  });

  it('knows a saved result only as long as it is the same', () => {
    const store = opened('MR');
    const first = result('s1');
    store.setState({ results: { s1: first }, saved: [{ of: first, label: 'S900', seg: SEG }] });
    expect(currentResult(store.getState())).toBe(first);
    expect(currentSaved(store.getState())?.seg).toBe(SEG);
    expect(hasUnsaved(store.getState())).toBe(false);
    store.setState({ stale: 's1' });
    expect(currentSaved(store.getState())).toBeUndefined();
    const compared = { ...first, analysis: {} as VesselResult['analysis'] };
    store.setState({ stale: undefined, results: { s1: compared } });
    expect(currentSaved(store.getState())?.seg).toBe(SEG);
    store.setState({ results: { s1: { ...first, mask: 2 } } });
    expect(currentSaved(store.getState())).toBeUndefined();
    expect(hasUnsaved(store.getState())).toBe(true);
  });

  it('knows each of two series as saved', () => {
    const store = opened('MR');
    const [a, b] = [result('s1'), result('s2')];
    const saved = [a, b].map((of) => ({ of, label: 'S900', seg: SEG }));
    store.setState({ results: { s1: a, s2: b }, saved });
    expect(hasUnsaved(store.getState())).toBe(false);
    store.setState({ saved: saved.slice(1) });
    expect(hasUnsaved(store.getState())).toBe(true);
  });

  it('keeps unsaved vessels when it begins anew, and offers the newest of the series', () => {
    const store = opened('MR');
    const kept = ['1.3', '1.3', '1.4'].map((key) => ({ key }) as KeptVessels);
    store.setState({ kept });
    resetStore(store);
    expect(hasUnsaved(store.getState())).toBe(true);
    expect(currentKept(store.getState())).toBeUndefined();
    store.setState({
      series: { uid: 's9', key: '1.3', studyUID: 'st', label: '', modality: 'MR' },
    });
    expect(currentKept(store.getState())).toBe(kept[1]);
  });

  it('calls a result edited when its mask is not the model’s', () => {
    expect(isEdited(result('s1'))).toBe(false);
    expect(isEdited({ ...result('s1'), mask: 2 })).toBe(true);
  });

  it('keeps the models when it begins anew', () => {
    const store = opened('MR');
    store.setState({ results: { s1: result('s1') }, error: 'x', stale: 's1' });
    resetStore(store);
    expect(store.getState()).toMatchObject({ results: {}, activity: { kind: 'idle' } });
    expect(store.getState().error).toBeUndefined();
    expect(store.getState().models).toHaveLength(2);
  });
});
