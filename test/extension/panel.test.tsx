import { describe, expect, it } from '@jest/globals';
import { renderToStaticMarkup } from 'react-dom/server';
import { I18nextProvider } from 'react-i18next';
import { createStore } from 'zustand/vanilla';
import type { CenterlineBranch } from '@vessels/centerline/graph';
import type { ModelManifest } from '@vessels/inference/manifest';
import type { Finding, QcReport } from '@vessels/metrics/report';
import { createI18n } from '../../extension/src/i18n';
import { VesselsProvider } from '../../extension/src/panel/context';
import { VesselsPanel } from '../../extension/src/panel/VesselsPanel';
import type { VesselsActions } from '../../extension/src/actions';
import { maskDelta } from '@vessels/tools/maskDelta';
import { planKey } from '../../extension/src/state/store';
import type { KeptVessels, VesselResult, VesselsState } from '../../extension/src/state/types';

const MODEL = {
  id: 'mra',
  file: 'mra.onnx',
  manifest: {
    id: 'mra',
    name: 'Vessels in MR',
    version: '1.2.0',
    modalities: ['MR'],
    threshold: 0.4,
    description: 'Bright vessels.',
  } as unknown as ModelManifest,
};

const IDLE: VesselsState = {
  models: [MODEL],
  series: { uid: 's1', key: '1.3', studyUID: 'st', label: 'S1 · TOF', modality: 'MR' },
  activity: { kind: 'idle' },
  results: {},
  references: [],
  canStore: true,
  notStored: [],
  saved: [],
  kept: [],
};

const branch = (id: number): CenterlineBranch => ({
  id,
  from: 0,
  to: id,
  component: 1,
  points: new Float32Array(6),
  radii: new Float32Array(2),
  length: 10 + id,
  meanDiameter: 2,
  minDiameter: 1.5,
  maxDiameter: 3,
  narrowest: 1,
});

const GAP: Finding = {
  id: 1,
  kind: 'gap',
  severity: 'warning',
  position: [0, 0, 0],
  value: 2.34,
  unit: 'mm',
};

const QC: QcReport = {
  connectivity: { foreground: 26, background: 6 },
  betti: { b0: 2, b1: 1, b2: 0 },
  volume: 4.951,
  components: [],
  findings: [GAP],
  verdict: 'review',
};

const result = (branches: number, qc: QcReport = QC): VesselResult => ({
  seriesUID: 's1',
  mask: 1,
  modelMask: 1,
  analysis: {
    qc,
    graph: {
      nodes: [],
      branches: Array.from({ length: branches }, (_, i) => branch(i + 1)),
      totalLength: 714.4,
    },
  },
  threshold: 0.5,
  model: MODEL.manifest,
  backend: { name: 'wasm', threads: 2, device: 'processor', reason: 'No WebGPU here.' },
  tiles: 28,
  skipped: 12,
  seconds: 12.34,
});

const OBJECT = { sopClassUID: '1.1', sopInstanceUID: '1.2', seriesInstanceUID: '1.3' };

const done = (changes: Partial<VesselsState> = {}): VesselsState => ({
  ...IDLE,
  results: { s1: result(3) },
  ...changes,
});

const draw = (state: VesselsState): string =>
  renderToStaticMarkup(
    <I18nextProvider i18n={createI18n()}>
      <VesselsProvider
        value={{
          store: createStore<VesselsState>()(() => state),
          actions: {} as VesselsActions,
          segmentationKind: 'LABELMAP',
        }}
      >
        <VesselsPanel />
      </VesselsProvider>
    </I18nextProvider>,
  );

/** Text and attributes of the element with this data-cy. */
const part = (html: string, cy: string): string | undefined =>
  new RegExp(`<[a-z]+[^>]*data-cy="${cy}"[^>]*>[^<]*`).exec(html)?.[0];

describe('the panel', () => {
  it('shows licence, labels and card of a model before it is added', () => {
    const channels = [
      { name: 'background', labels: [0], vessel: false },
      { name: 'artery', labels: [1], vessel: true },
      { name: 'vein', labels: [2], vessel: true },
    ];
    const manifest = { ...MODEL.manifest, licence: 'CC BY 4.0' } as ModelManifest;
    const prediction = { values: 'logits', kind: 'labels', channels } as const;
    const html = draw({
      ...IDLE,
      candidate: {
        id: 'file:net 1',
        manifest: { ...manifest, prediction: { ...prediction, channels } },
        file: new Blob([new Uint8Array(3 * 2 ** 20)]),
        card: '# Card <b>',
      },
    });
    expect(part(html, 'vessels-candidate-licence')).toContain('CC BY 4.0');
    expect(part(html, 'vessels-model-card')).toContain('# Card &lt;b&gt;');
    for (const text of ['artery, vein', 'background', '3.0 MB', 'shown and stored as one'])
      expect(html).toContain(text);
    expect(part(html, 'vessels-model')).not.toContain('file:net');
  });

  it('lists the models that the browser keeps, of any modality, with their size', () => {
    const manifest = { ...MODEL.manifest, name: 'Mine', modalities: ['CT'] } as ModelManifest;
    const kept = { id: 'file:mine 1', manifest, file: new Blob([new Uint8Array(20 * 2 ** 20)]) };
    const html = draw({ ...IDLE, models: [MODEL, kept] });
    expect(html).toContain('Mine 1.2.0');
    expect(html).toContain('20 MB');
    expect(html).toContain('aria-label="Delete Mine 1.2.0"');
    expect(draw(IDLE)).not.toContain('data-cy="vessels-kept"');
  });

  it('offers to resample a series only where that helps, and says afterwards what was done', () => {
    const series = { ...IDLE.series!, refusal: 'The slices are tilted; resample the series.' };
    const refused = draw({ ...IDLE, series });
    expect(part(refused, 'vessels-resample')).toBeUndefined();
    const offered = draw({ ...IDLE, series: { ...series, canResample: true } });
    expect(part(offered, 'vessels-resample')).toContain('Resample and find vessels');
    expect(part(offered, 'vessels-resample')).not.toContain('disabled=""');
    expect(part(offered, 'vessels-run')).toContain('disabled=""');
    const noModel = draw({ ...IDLE, models: [], series: { ...series, canResample: true } });
    expect(part(noModel, 'vessels-resample')).toContain('disabled=""');
    const done = draw({ ...IDLE, series: { ...IDLE.series!, resampled: 'It was resampled.' } });
    expect(part(done, 'vessels-resampled')).toContain(
      'It was resampled. Vessels are shown and stored on the slices as they are.',
    );
    expect(part(done, 'vessels-run')).not.toContain('disabled=""');
  });

  it('says in every state that it is no diagnosis', () => {
    for (const state of [IDLE, done(), { ...IDLE, series: undefined }])
      expect(draw(state)).toContain('Research use only, not for diagnosis');
  });

  it('offers to run before there is a result, at the threshold of the model', () => {
    const html = draw(IDLE);
    expect(part(html, 'vessels-run')).toMatch(/Find vessels/);
    expect(part(html, 'vessels-run')).not.toMatch(/disabled=""/);
    expect(part(html, 'vessels-threshold')).toMatch(/value="0.4"/);
    expect(html).toContain('No result yet');
    for (const name of ['results', 'branches', 'save', 'cancel', 'progress', 'error'])
      expect(part(html, `vessels-${name}`)).toBeUndefined();
  });

  it('says why a series or a study without a model cannot be used', () => {
    const refused = draw({ ...IDLE, series: { ...IDLE.series!, refusal: 'Slice 3 is missing.' } });
    expect(part(refused, 'vessels-error')).toMatch(/Slice 3 is missing\./);
    expect(part(refused, 'vessels-run')).toMatch(/disabled=""/);
    expect(draw({ ...IDLE, series: { ...IDLE.series!, modality: 'CT' } })).toContain(
      'No model for CT images',
    );
    expect(draw({ ...IDLE, series: undefined })).toContain('Open an angiogram');
  });

  it('shows stage, percent and remaining time while it runs, and lets the user cancel', () => {
    const progress = { stage: 'infer', fraction: 0.426, remaining: 12.4 } as const;
    const html = draw({ ...IDLE, activity: { kind: 'running', progress } });
    expect(part(html, 'vessels-progress')).toMatch(/role="progressbar".*aria-valuenow="43"/);
    expect(part(html, 'vessels-status')).toMatch(/aria-live="polite".*Finding vessels/);
    expect(html).toContain('43 %');
    expect(html).toContain('about 12 s left');
    expect(part(html, 'vessels-cancel')).toMatch(/Cancel/);
    expect(part(html, 'vessels-run')).toBeUndefined();
    const long = draw({
      ...IDLE,
      activity: { kind: 'running', progress: { ...progress, remaining: 200 } },
    });
    expect(long).toContain('about 3 min left');
  });

  it('shows the numbers with their units, the backend and its reason', () => {
    const html = draw(done());
    expect(part(html, 'vessels-volume')).toMatch(/>4\.95 ml$/);
    expect(part(html, 'vessels-components')).toMatch(/>2$/);
    expect(part(html, 'vessels-branch-count')).toMatch(/>3$/);
    expect(part(html, 'vessels-length')).toMatch(/>714 mm$/);
    expect(part(html, 'vessels-backend')).toMatch(
      /WASM, 2 threads in 12\.3 s\. 12 of 40 tiles are empty and were passed over\. No WebGPU here\./,
    );
    const gpuSeconds = { gather: 0.25, network: 3, blend: 0.5 };
    const timed = draw(done({ results: { s1: { ...result(3), gpuSeconds } } }));
    expect(part(timed, 'vessels-backend')).toMatch(/network took 3\.0 s, .* in and out 0\.8 s\./);
    expect(part(html, 'vessels-run')).toMatch(/Run again/);
    expect(html).not.toContain('Changed by hand');
    expect(draw(done({ results: { s1: { ...result(3), mask: 2 } } }))).toContain('Changed by hand');
  });

  it('names the verdict, the Betti numbers with their convention, and each finding', () => {
    const html = draw(done());
    expect(html).toMatch(/Review: 1 finding\b/);
    expect(html).toContain('Foreground 26-connected, background 6-connected.');
    expect(part(html, 'vessels-b1')).toMatch(/>1$/);
    expect(part(html, 'vessels-finding')).toMatch(/data-kind="gap"/);
    expect(html).toContain('2.3 mm');
    const empty = draw(
      done({ results: { s1: result(0, { ...QC, findings: [], verdict: 'empty' }) } }),
    );
    expect(empty).toContain('No vessel was found');
    expect(empty).toContain('No branches.');
  });

  it('lists the longest branches first and no more than 200 at once', () => {
    const html = draw(done({ results: { s1: result(250) } }));
    expect(html.match(/data-cy="vessels-branch"/g)).toHaveLength(200);
    expect(/data-branch="(\d+)"/.exec(html)?.[1]).toBe('250');
    expect(html).toContain('Show all 250 branches');
    expect(html).toMatch(/aria-sort="descending"[^>]*><button[^>]*>Length, mm/);
  });

  it('asks for an update when the mask has changed under the numbers', () => {
    expect(part(draw(done({ stale: 's1' })), 'vessels-update')).toMatch(/Update/);
    expect(part(draw(done()), 'vessels-update')).toBeUndefined();
  });

  it('compares with a chosen reference', () => {
    const reference = {
      dice: 0.8694,
      clDice: 0.99,
      tprec: 0.98,
      tsens: 1,
      skeletonRecall: 1,
      bettiReference: { b0: 1, b1: 1, b2: 0 },
      located: true,
      bettiError: { b0: 1, b1: 0, b2: 0 },
      findings: [],
    };
    const html = draw(
      done({
        results: { s1: result(3, { ...QC, reference }) },
        references: [{ uid: 'seg', label: 'S2 · Truth' }],
        referenceUID: 'seg',
      }),
    );
    expect(html).toMatch(/<option value="seg" selected="">S2 · Truth/);
    expect(part(html, 'vessels-dice')).toMatch(/>0\.869$/);
    expect(part(html, 'vessels-betti-error')).toMatch(/>1 \/ 0 \/ 0$/);
    expect(draw(done())).toContain('holds no stored SEG');
  });

  it('tells a stored result, and offers the download where storing is impossible', () => {
    const state = done();
    const saved = [{ of: state.results.s1!, label: 'S300 · Vessels', seg: OBJECT }];
    const html = draw({ ...state, saved });
    expect(part(html, 'vessels-saved')).toBeDefined();
    expect(html).toContain('Saved in the study: S300 · Vessels');
    expect(part(html, 'vessels-save')).toMatch(/disabled=""/);
    expect(part(draw({ ...state, saved, stale: 's1' }), 'vessels-saved')).toBeUndefined();
    const local = draw({ ...state, canStore: false });
    expect(part(local, 'vessels-save')).toMatch(/disabled=""/);
    expect(part(local, 'vessels-download-seg')).not.toMatch(/disabled=""/);
    expect(local).toContain('takes no objects');
  });

  it('searches the part in view on request, and says so before and after', () => {
    const region = { start: [10, 0, 5], dims: [40, 30, 20] } as const;
    expect(part(draw(IDLE), 'vessels-region')).toMatch(/>$/);
    const asked = draw({ ...IDLE, region });
    expect(part(asked, 'vessels-in-view')).toMatch(/checked=""/);
    expect(part(asked, 'vessels-region')).toMatch(/40×30×20 voxels/);
    const nothing = draw({ ...IDLE, region: 'none' });
    expect(part(nothing, 'vessels-region')).toMatch(/no part in common/);
    expect(part(nothing, 'vessels-run')).toMatch(/disabled=""/);
    const done = draw({ ...IDLE, results: { s1: { ...result(1), region } } });
    expect(part(done, 'vessels-searched')).toMatch(/Only 40×30×20 voxels/);
  });

  it('tells before a run what it will take, and refuses one that does not fit', () => {
    const plan = {
      of: planKey(IDLE)!,
      tiles: 40,
      patch: [64, 64, 64],
      overlap: [16, 16, 16],
      seconds: 5.2,
      bytes: 310 * 2 ** 20,
      backend: { name: 'wasm', threads: 2, device: '2 processor threads' },
    } as const;
    expect(part(draw({ ...IDLE, plan }), 'vessels-plan')).toMatch(
      />40 tiles of 64×64×64 voxels, at most about 6 s, 310 MB; WASM, 2 threads\.$/,
    );
    const onGpu = { ...plan, gpuBytes: 95 * 2 ** 20 };
    expect(part(draw({ ...IDLE, plan: onGpu }), 'vessels-plan')).toContain(
      '310 MB and 95 MB on the GPU;',
    );
    expect(part(draw({ ...IDLE, plan: { ...plan, of: 'another' } }), 'vessels-plan')).toMatch(/>$/);
    const refused = draw({ ...IDLE, plan: { of: plan.of, refusal: 'It needs 9.1 GB.' } });
    expect(part(refused, 'vessels-plan')).toMatch(/It needs 9\.1 GB\./);
    expect(part(refused, 'vessels-run')).toMatch(/disabled=""/);
  });

  it('offers the report until it is saved, and tells where it is', () => {
    const state = done();
    const saved = { of: state.results.s1!, label: 'S300', seg: OBJECT };
    expect(part(draw({ ...state, saved: [saved] }), 'vessels-save-report')).not.toMatch(
      /disabled=""/,
    );
    const html = draw({ ...state, saved: [{ ...saved, report: 'S301 · Measurements' }] });
    expect(part(html, 'vessels-save-report')).toMatch(/disabled=""/);
    expect(html).toContain('Saved in the study: S301 · Measurements');
  });

  it('offers unsaved vessels of the series shown, and of no other', () => {
    const kept = (key: string): KeptVessels => ({
      key,
      result: result(3),
      mask: maskDelta(Uint8Array.of(0), Uint8Array.of(1)),
      mayResample: false,
      notStored: [],
    });
    const html = draw({ ...IDLE, kept: [kept('1.3')] });
    expect(part(html, 'vessels-restore')).toMatch(/>Restore$/);
    expect(part(html, 'vessels-discard')).toMatch(/>Discard$/);
    expect(part(draw({ ...IDLE, kept: [kept('1.4')] }), 'vessels-unsaved')).toBeUndefined();
  });

  it('keeps what the server did not take, with its reason and ways on', () => {
    const state = done();
    const item = (id: number, what: 'SEG' | 'SR', kind?: 'LABELMAP' | 'BINARY') => ({
      ...OBJECT,
      id,
      what,
      kind,
      bytes: new ArrayBuffer(0),
      result: state.results.s1!,
      reason: `The server refused the object (status 41${id}).`,
    });
    const html = draw({ ...state, notStored: [item(3, 'SEG', 'LABELMAP')] });
    expect(html).toContain('SEG (LABELMAP) not stored');
    expect(html).toContain('status 413');
    for (const cy of ['vessels-retry', 'vessels-store-binary', 'vessels-download-not-stored'])
      expect(part(html, cy)).not.toMatch(/disabled=""/);
    const others = draw({ ...state, notStored: [item(1, 'SR'), item(2, 'SEG', 'BINARY')] });
    expect(others).toContain('Report not stored');
    expect(part(others, 'vessels-store-binary')).toBeUndefined();
  });

  it('keeps the result when something went wrong', () => {
    const html = draw(done({ error: 'The server refused the SEG (status 403).' }));
    expect(part(html, 'vessels-error')).toMatch(/status 403/);
    expect(html).toContain('Dismiss');
    expect(part(html, 'vessels-results')).toBeDefined();
  });
});
