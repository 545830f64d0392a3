import { InputError } from '../../volume/errors';
import type { ModelManifest, Prediction } from '../manifest';
import { configurationOf, type Configuration, type Dataset, type Plans } from './plans';

/** What the plans do not tell. */
export interface ImportChoices {
  readonly configuration: string;
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly modalities: ModelManifest['modalities'];
  readonly licence: string;
  /** Names in dataset.json of what counts as vessel; all but the background where it is absent. */
  readonly vessels?: readonly string[];
  /** Axes along which tiles are mirrored too. */
  readonly mirror: NonNullable<ModelManifest['mirror']>;
}

/** What a manifest gets from the graph. */
export type GraphFacts = Pick<ModelManifest, 'file' | 'sha256' | 'input' | 'output'>;

/** Axes of nnU-Net's arrays before they are transposed, as SimpleITK reads them. */
const ARRAY_AXES = Object.freeze(['z', 'y', 'x'] as const);

/** The one way of resampling that is done here: its function, and the orders of images and of logits. */
const RESAMPLING = Object.freeze({
  function: 'resample_data_or_seg_to_shape',
  orders: Object.freeze({ data: 3, probabilities: 1 }),
});

/**
 * The manifest of an nnU-Net v2 that was trained with these plans.
 *
 * @throws InputError `nnunet.configuration`, `nnunet.file`, `nnunet.unsupported`, `nnunet.label`
 */
export function manifestOf(
  plans: Plans,
  dataset: Dataset,
  choices: ImportChoices,
  graph: GraphFacts,
): ModelManifest {
  const configuration = configurationOf(plans, choices.configuration);
  checkSupported(configuration, dataset);
  const axes = plans.transpose_forward.map((axis) => ARRAY_AXES[axis]);
  const inImage = (values: readonly number[]): [number, number, number] => [
    values[axes.indexOf('x')],
    values[axes.indexOf('y')],
    values[axes.indexOf('z')],
  ];
  const patch = inImage(configuration.patch_size);
  const prediction = predictionOf(dataset, choices.vessels);
  const vessels = prediction.channels.filter(({ vessel }) => vessel).map(({ name }) => name);
  return {
    schema: 1,
    id: choices.id,
    name: choices.name,
    version: choices.version,
    ...graph,
    modalities: choices.modalities,
    ...(axes.join('') !== ARRAY_AXES.join('') && { axes: [axes[0], axes[1], axes[2]] }),
    prediction,
    patch,
    // A tile begins every half of its size, as nnU-Net has it.
    overlap: [Math.ceil(patch[0] / 2), Math.ceil(patch[1] / 2), Math.ceil(patch[2] / 2)],
    crop: 'nonzero',
    normalisation: normalisationOf(plans, configuration),
    spacing: inImage(configuration.spacing),
    ...(choices.mirror.length > 0 && { mirror: choices.mirror }),
    threshold: 0.5,
    labels: [
      {
        value: 1,
        name: vessels.length === 1 ? vessels[0] : 'Vessels',
        category: { value: '91723000', scheme: 'SCT', meaning: 'Anatomical Structure' },
        type: { value: '59820001', scheme: 'SCT', meaning: 'Blood Vessel' },
        color: '#e66101',
      },
    ],
    licence: choices.licence,
    card: 'MODEL_CARD.md',
    description: `nnU-Net ${plans.dataset_name}, ${choices.configuration}; counts as vessel: ${vessels.join(', ')}. Imported; research use only, not for diagnosis.`,
  };
}

/** What is done otherwise here than in nnU-Net is refused, not done wrong. */
function checkSupported(configuration: Configuration, { channel_names }: Dataset): void {
  const channels = Object.values(channel_names);
  const refusals: readonly (readonly [boolean, string])[] = [
    [
      configuration.patch_size.length !== 3,
      `its patch has ${configuration.patch_size.length} dimensions; import a 3-D configuration`,
    ],
    [
      channels.length !== 1,
      `it needs ${channels.length} images (${channels.join(', ')}); one is given here`,
    ],
    [
      Boolean(configuration.previous_stage),
      `it is a cascade that needs the result of ${configuration.previous_stage}; import the full-resolution net`,
    ],
    [
      configuration.preprocessor_name !== 'DefaultPreprocessor',
      `its images are prepared by ${configuration.preprocessor_name}, which is not known here`,
    ],
    ...(['data', 'probabilities'] as const).map((what) => {
      const name = configuration[`resampling_fn_${what}`];
      const {
        order,
        order_z = 0,
        force_separate_z,
      } = configuration[`resampling_fn_${what}_kwargs`];
      return [
        name !== RESAMPLING.function ||
          order !== RESAMPLING.orders[what] ||
          order_z !== 0 ||
          typeof force_separate_z === 'boolean',
        `its ${what} are resampled by ${name} (order ${order}), which is not done here`,
      ] as const;
    }),
  ];
  const refusal = refusals.find(([isRefused]) => isRefused);
  if (refusal)
    throw new InputError('nnunet.unsupported', `The net cannot be imported: ${refusal[1]}.`);
}

function normalisationOf(
  { foreground_intensity_properties_per_channel: intensities }: Plans,
  { normalization_schemes: [scheme], use_mask_for_norm: [isMasked] }: Configuration,
): ModelManifest['normalisation'] {
  switch (scheme) {
    case 'CTNormalization': {
      const { mean, std, percentile_00_5, percentile_99_5 } = intensities['0'];
      return {
        kind: 'ct',
        low: percentile_00_5,
        high: percentile_99_5,
        mean,
        sd: Math.max(std, 1e-8),
      };
    }
    case 'ZScoreNormalization':
      return { kind: 'z-score', over: isMasked ? 'foreground' : 'image' };
    case 'RescaleTo01Normalization':
      return { kind: 'min-max' };
    case 'RGBTo01Normalization':
      return { kind: 'fixed', offset: 0, scale: 255 };
    case 'NoNormalization':
      return { kind: 'none' };
    default:
      throw new InputError(
        'nnunet.unsupported',
        `The net cannot be imported: its images are normalised by ${scheme}, which is not known here.`,
      );
  }
}

/** nnU-Net names it so, and predicts nothing for it. */
const IGNORE = 'ignore';

/** Channels as nnU-Net's label manager orders them: regions as they are listed, labels by their value. */
function predictionOf({ labels }: Dataset, vessels: readonly string[] | undefined): Prediction {
  const entries = Object.entries(labels)
    .filter(([name]) => name !== IGNORE)
    .map(([name, value]) => ({ name, labels: [value].flat() }));
  const isBackground = ({ labels: values }: { labels: number[] }) => values.every((v) => v === 0);
  const isRegions = entries.some(({ labels: values }) => values.length > 1);
  const channels = isRegions
    ? entries.filter((entry) => !isBackground(entry))
    : entries.sort((a, b) => a.labels[0] - b.labels[0]);
  const unknown = vessels?.find((name) => !channels.some((channel) => channel.name === name));
  if (unknown !== undefined)
    throw new InputError(
      'nnunet.label',
      `dataset.json has no label "${unknown}"; name some of ${channels
        .filter((channel) => !isBackground(channel))
        .map(({ name }) => name)
        .join(', ')} with --vessel.`,
    );
  return {
    values: 'logits',
    kind: isRegions ? 'regions' : 'labels',
    channels: channels.map((channel) => ({
      ...channel,
      vessel: vessels ? vessels.includes(channel.name) : !isBackground(channel),
    })),
  };
}
