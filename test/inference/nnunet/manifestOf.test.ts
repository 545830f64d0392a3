import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { manifestOf, type ImportChoices } from '@vessels/inference/nnunet/manifestOf';
import {
  parseDataset,
  parsePlans,
  type Dataset,
  type Plans,
} from '@vessels/inference/nnunet/plans';
import { checkManifest } from '@vessels/inference/parseManifest';

const FOLDER = path.resolve(__dirname, '../../fixtures/nnunet');
const text = (name: string) => fs.readFileSync(path.join(FOLDER, name), 'utf8');
const plans = parsePlans(text('plans.json'));
const dataset = parseDataset(text('dataset.json'));

const CHOICES: ImportChoices = {
  configuration: '3d_fullres',
  id: 'net',
  name: 'Net',
  version: '1.0.0',
  modalities: ['MR'],
  licence: 'MIT',
  mirror: [],
};
const GRAPH = { file: 'model.onnx', sha256: '0'.repeat(64), input: 'image', output: 'logits' };

interface Changes {
  readonly configuration?: Record<string, unknown>;
  readonly plans?: Partial<Plans>;
  readonly dataset?: Partial<Dataset>;
  readonly choices?: Partial<ImportChoices>;
}

const made = (changes: Changes = {}) => {
  const fullres = { ...plans.configurations['3d_fullres'], ...changes.configuration };
  return manifestOf(
    { ...plans, configurations: { '3d_fullres': fullres }, ...changes.plans },
    { ...dataset, ...changes.dataset },
    { ...CHOICES, ...changes.choices },
    GRAPH,
  );
};

test('sizes are those of the image, whatever order nnU-Net has its axes in', () => {
  // The plans say z, x, y: patch 12×16×16, spacing 1.2, 0.5, 0.5.
  const manifest = made();
  expect(manifest).toMatchObject({
    axes: ['z', 'x', 'y'],
    patch: [16, 16, 12],
    overlap: [8, 8, 6],
    spacing: [0.5, 0.5, 1.2],
    crop: 'nonzero',
    normalisation: { kind: 'z-score', over: 'image' },
    threshold: 0.5,
  });
  expect(manifest.mirror).toBeUndefined();
  expect(() => checkManifest(manifest, 'manifest.json')).not.toThrow();
});

test('labels come by their values, all but the background are vessels', () => {
  expect(made().prediction).toEqual({
    values: 'logits',
    kind: 'labels',
    channels: [
      { name: 'background', labels: [0], vessel: false },
      { name: 'thin vessel', labels: [1], vessel: true },
      { name: 'thick vessel', labels: [2], vessel: true },
    ],
  });
});

test('some of the labels are vessels where they are named', () => {
  const { prediction, labels } = made({
    dataset: { labels: { background: 0, vein: 2, artery: 1, ignore: 3 } },
    choices: { vessels: ['artery'] },
  });
  expect(prediction?.channels.map(({ name, vessel }) => [name, vessel])).toEqual([
    ['background', false],
    ['artery', true],
    ['vein', false],
  ]);
  expect(labels[0].name).toBe('artery');
});

test('regions come in the order of the file, without the background', () => {
  const { prediction } = made({
    dataset: { labels: { background: 0, whole: [1, 2], core: 2 } },
  });
  expect(prediction).toMatchObject({ kind: 'regions' });
  expect(prediction?.channels.map(({ labels }) => labels)).toEqual([[1, 2], [2]]);
});

describe('normalisation', () => {
  const by = (scheme: string, isMasked = false) =>
    made({
      configuration: { normalization_schemes: [scheme], use_mask_for_norm: [isMasked] },
      plans: {
        foreground_intensity_properties_per_channel: {
          '0': { mean: 200, std: 50, percentile_00_5: -10, percentile_99_5: 600 },
        },
      },
    }).normalisation;

  test.each([
    ['CTNormalization', { kind: 'ct', low: -10, high: 600, mean: 200, sd: 50 }],
    ['ZScoreNormalization', { kind: 'z-score', over: 'image' }],
    ['NoNormalization', { kind: 'none' }],
    ['RescaleTo01Normalization', { kind: 'min-max' }],
    ['RGBTo01Normalization', { kind: 'fixed', offset: 0, scale: 255 }],
  ])('%s', (scheme, wanted) => {
    expect(by(scheme)).toEqual(wanted);
  });

  test('inside a mask', () => {
    expect(by('ZScoreNormalization', true)).toEqual({ kind: 'z-score', over: 'foreground' });
  });
});

test('a configuration inherits what it does not say', () => {
  const { spacing, patch } = made({
    plans: {
      configurations: {
        ...plans.configurations,
        low: { inherits_from: '3d_fullres', spacing: [3, 2, 1] },
      },
    },
    choices: { configuration: 'low' },
  });
  expect({ spacing, patch }).toEqual({ spacing: [2, 1, 3], patch: [16, 16, 12] });
});

test.each<[string, Changes, string, RegExp]>([
  [
    'an unknown configuration',
    { choices: { configuration: '2d' } },
    'nnunet.configuration',
    /no configuration "2d"; name one of 3d_fullres/,
  ],
  ['a 2-D net', { configuration: { patch_size: [64, 64] } }, 'nnunet.unsupported', /2 dimensions/],
  [
    'two images',
    { dataset: { channel_names: { '0': 'T1', '1': 'T2' } } },
    'nnunet.unsupported',
    /2 images \(T1, T2\)/,
  ],
  [
    'a cascade',
    { configuration: { previous_stage: '3d_lowres' } },
    'nnunet.unsupported',
    /cascade .*3d_lowres/,
  ],
  [
    'another preprocessor',
    { configuration: { preprocessor_name: 'Mine' } },
    'nnunet.unsupported',
    /prepared by Mine/,
  ],
  [
    'other resampling',
    { configuration: { resampling_fn_data: 'resample_torch_fornnunet' } },
    'nnunet.unsupported',
    /data are resampled by resample_torch_fornnunet/,
  ],
  [
    'another normalisation',
    { configuration: { normalization_schemes: ['MyNormalization'] } },
    'nnunet.unsupported',
    /normalised by MyNormalization/,
  ],
  [
    'an unknown label',
    { choices: { vessels: ['bone'] } },
    'nnunet.label',
    /no label "bone"; name some of thin vessel, thick vessel/,
  ],
  ['a missing field', { configuration: { spacing: undefined } }, 'nnunet.file', /spacing/],
])('%s is refused in one sentence', (_, changes, code, says) => {
  const refused = () => made(changes);
  expect(refused).toThrow(expect.objectContaining({ code, message: expect.stringMatching(says) }));
  expect(refused).toThrow(/^[^.].*\.$/s);
});

test('files that nnU-Net did not write', () => {
  expect(() => parsePlans('PK')).toThrow(
    /plans\.json is not what nnU-Net v2 writes: it is not JSON/,
  );
  expect(() => parseDataset('{}')).toThrow(/dataset\.json .*channel_names/);
});
