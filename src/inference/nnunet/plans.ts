import { z } from 'zod';
import { InputError } from '../../volume/errors';

const Sizes = z.array(z.number().positive());

/** How nnU-Net resamples; other ways than its default are refused by name. */
const Resampling = z
  .object({
    order: z.number(),
    order_z: z.number().default(0),
    force_separate_z: z.boolean().nullable().default(null),
  })
  .partial();

/** A configuration of plans.json; it may leave to another one what it does not change. */
const Configuration = z.object({
  inherits_from: z.string().optional(),
  preprocessor_name: z.string().default('DefaultPreprocessor'),
  patch_size: Sizes,
  spacing: Sizes,
  normalization_schemes: z.array(z.string()),
  use_mask_for_norm: z.array(z.boolean()),
  resampling_fn_data: z.string(),
  resampling_fn_data_kwargs: Resampling,
  resampling_fn_probabilities: z.string(),
  resampling_fn_probabilities_kwargs: Resampling,
  previous_stage: z.string().nullish(),
});

export type Configuration = z.infer<typeof Configuration>;

const Intensities = z.object({
  mean: z.number(),
  std: z.number(),
  percentile_00_5: z.number(),
  percentile_99_5: z.number(),
});

/** What of nnU-Net v2's plans.json tells how images are prepared. */
const Plans = z.object({
  dataset_name: z.string(),
  transpose_forward: z.array(z.int().min(0).max(2)),
  configurations: z.record(z.string(), z.record(z.string(), z.unknown())),
  foreground_intensity_properties_per_channel: z.record(z.string(), Intensities),
});

export type Plans = z.infer<typeof Plans>;

/** What of nnU-Net v2's dataset.json tells what the net finds. */
const Dataset = z.object({
  channel_names: z.record(z.string(), z.string()),
  labels: z.record(z.string(), z.union([z.int(), z.array(z.int()).min(1)])),
  licence: z.string().optional(),
  license: z.string().optional(),
});

export type Dataset = z.infer<typeof Dataset>;

/**
 * plans.json from its text.
 *
 * @throws InputError `nnunet.file` that names the first wrong field
 */
export const parsePlans = (text: string): Plans => parse(Plans, text, 'plans.json');

/**
 * dataset.json from its text.
 *
 * @throws InputError `nnunet.file` that names the first wrong field
 */
export const parseDataset = (text: string): Dataset => parse(Dataset, text, 'dataset.json');

/**
 * A configuration with what it inherits.
 *
 * @throws InputError `nnunet.configuration`, `nnunet.file`
 */
export function configurationOf({ configurations }: Plans, name: string): Configuration {
  const chain: Record<string, unknown>[] = [];
  for (let next: unknown = name; typeof next === 'string';) {
    const found: Record<string, unknown> | undefined = configurations[next];
    if (!found || chain.includes(found))
      throw new InputError(
        'nnunet.configuration',
        `plans.json has no configuration "${next}"; name one of ${Object.keys(configurations).join(', ')} with --configuration.`,
      );
    chain.unshift(found);
    next = found.inherits_from;
  }
  return check(Configuration, Object.assign({}, ...chain), `plans.json (${name})`);
}

function parse<T>(schema: z.ZodType<T>, text: string, file: string): T {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw wrong(file, 'it is not JSON');
  }
  return check(schema, json, file);
}

function check<T>(schema: z.ZodType<T>, json: unknown, file: string): T {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [{ path, message }] = parsed.error.issues;
  throw wrong(file, path.length ? `${path.join('.')}: ${message}` : message);
}

const wrong = (file: string, reason: string) =>
  new InputError(
    'nnunet.file',
    `${file} is not what nnU-Net v2 writes: ${reason}; take the file from the folder of the trained net.`,
  );
