import { z } from 'zod';
import { MODALITIES } from './modalities';

const Code = z.strictObject({
  /** Code Value (0008,0100). */
  value: z.string().min(1),
  /** Coding Scheme Designator (0008,0102): SCT or DCM. */
  scheme: z.string().min(1),
  /** Code Meaning (0008,0104). */
  meaning: z.string().min(1),
});

const Normalisation = z.discriminatedUnion('kind', [
  /** (x − median) / (percentile − median), over the volume's voxels; MR has no absolute scale. */
  z.strictObject({ kind: z.literal('percentile'), percentile: z.number().gt(50).lte(100) }),
  /** (x − offset) / scale; CT in Hounsfield units. */
  z.strictObject({ kind: z.literal('fixed'), offset: z.number(), scale: z.number().positive() }),
  /** Clipped to low … high, percentiles of the training set, then (x − mean) / sd: nnU-Net's CT. */
  z
    .strictObject({
      kind: z.literal('ct'),
      low: z.number(),
      high: z.number(),
      mean: z.number(),
      sd: z.number().positive(),
    })
    .refine(({ low, high }) => low < high, { path: ['low'], message: 'must be below high' }),
  /**
   * (x − mean) / sd of the image itself; of its foreground alone (voxels that are not zero, cavities filled), the
   * rest staying as it is, where `over` says so.
   */
  z.strictObject({ kind: z.literal('z-score'), over: z.enum(['image', 'foreground']) }),
  /** (x − least) / (greatest − least) of the image itself. */
  z.strictObject({ kind: z.literal('min-max') }),
  /** The intensities as they are. */
  z.strictObject({ kind: z.literal('none') }),
]);

/** What the channels of the output are, and which of them are vessels. */
const Prediction = z
  .strictObject({
    /** Logits still need their softmax (labels) or sigmoid (regions). */
    values: z.enum(['logits', 'probabilities']),
    /** `labels`: each voxel has one of the channels; `regions`: each channel is told for itself. */
    kind: z.enum(['labels', 'regions']),
    /** In the order of the tensor. */
    channels: z
      .array(
        z.strictObject({
          name: z.string().min(1),
          /** Values of the training set's label maps that the channel stands for. */
          labels: z.array(z.int().nonnegative()),
          /** Whether it counts as vessel. */
          vessel: z.boolean(),
        }),
      )
      .min(1),
  })
  .refine(({ channels }) => channels.some(({ vessel }) => vessel), {
    path: ['channels'],
    message: 'at least one channel must be a vessel',
  })
  .refine(({ kind, channels }) => kind === 'regions' || channels.some(({ vessel }) => !vessel), {
    path: ['channels'],
    message: 'labels need a channel that is no vessel',
  });

export type Prediction = z.infer<typeof Prediction>;

const Axis = z.enum(['x', 'y', 'z']);

const Extent = z.tuple([z.int().positive(), z.int().positive(), z.int().positive()]);

const isBelow = (a: readonly number[], b: readonly number[]) => a.every((n, axis) => n < b[axis]);

/** What makes a net run as nnU-Net does, by scores of the whole volume (`inferScores`). */
export const runsWithScores = ({
  prediction,
  crop,
  spacing,
  mirror,
  normalisation,
}: {
  readonly prediction?: unknown;
  readonly crop?: unknown;
  readonly spacing?: unknown;
  readonly mirror?: unknown;
  readonly normalisation: z.infer<typeof Normalisation>;
}): boolean =>
  prediction !== undefined ||
  crop !== undefined ||
  spacing !== undefined ||
  mirror !== undefined ||
  (normalisation.kind === 'z-score' && normalisation.over === 'foreground');

/** Which net a manifest of any kind stands beside. */
export const NET_FILE = Object.freeze({
  schema: z.literal(1),
  id: z.string().regex(/^[a-z0-9-]+$/),
  name: z.string().min(1),
  version: z.string().min(1),
  file: z.string().regex(/^[\w.-]+\.onnx$/),
  /** Of the .onnx file, lower-case hex. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

/** A model is a .onnx file and this JSON beside it. Sizes are [x, y, z]. */
export const ModelManifest = z
  .strictObject({
    ...NET_FILE,
    modalities: z.array(z.enum(MODALITIES)).min(1),
    /** Tensors [1, channels, z, y, x], float32; one channel in; the output is a probability in 0..1, or `prediction`. */
    input: z.string().min(1),
    output: z.string().min(1),
    /** Order of the image's axes in the tensors, slowest first, where it is not z, y, x. */
    axes: z.tuple([Axis, Axis, Axis]).optional(),
    /** What the output is, where it is more than the probability of vessels. */
    prediction: Prediction.optional(),
    /** Fixed tile size in voxels. */
    patch: Extent,
    /** Overlap of neighbouring tiles in voxels. */
    overlap: z.tuple([z.int().nonnegative(), z.int().nonnegative(), z.int().nonnegative()]),
    /** The box of the voxels that are not zero is cut out before all else; outside it nothing is found. */
    crop: z.literal('nonzero').optional(),
    normalisation: Normalisation,
    /** Range into which normalised values are clipped. */
    clip: z.tuple([z.number(), z.number()]).optional(),
    /** Voxel size that the net was trained at, mm; the image is resampled to it, the answer is brought back. */
    spacing: z
      .tuple([z.number().positive(), z.number().positive(), z.number().positive()])
      .optional(),
    /**
     * Whether the net also runs on voxels of twice the size: it sees farther then, so that wide vessels are filled. The
     * greater probability counts, of the larger voxels where a vessel is at least three of them wide.
     */
    coarse: z.literal(true).optional(),
    /**
     * The coarse pass steers: a tile around which it gives no voxel this probability is not run, its own probability is
     * 0. Well below what the coarse pass gives the vessels of the card's sets; without it, both passes run everywhere.
     */
    steer: z.number().gt(0).lt(1).optional(),
    /**
     * A tile in which no normalised voxel reaches this holds no vessel: it is not run, its probability is 0. Well below
     * what the card's sets have; without it, all tiles are run that are not of one value.
     */
    darkest: z.number().optional(),
    /** Axes along which tiles are mirrored too, the answers averaged: 2ⁿ runs for n axes. */
    mirror: z.array(Axis).max(3).optional(),
    /**
     * The card has measured that the net finds the same vessels when it computes with 16 bits: it does so on GPUs that
     * can.
     */
    halfPrecision: z.literal(true).optional(),
    /** Threshold on the probability that the card's scores were measured at. */
    threshold: z.number().gt(0).lt(1),
    /** Components smaller than this share of the largest are dropped: specks of a net whose vessels are one tree. */
    minShare: z.number().gt(0).lt(1).optional(),
    labels: z
      .array(
        z.strictObject({
          value: z.int().positive(),
          name: z.string().min(1),
          category: Code,
          type: Code,
          anatomicRegion: Code.optional(),
          /** CSS colour #rrggbb. */
          color: z.string().regex(/^#[0-9a-f]{6}$/i),
        }),
      )
      .length(1),
    licence: z.string().min(1),
    /** Model card, relative to the manifest. */
    card: z.string().min(1),
    description: z.string().min(1),
  })
  .refine(({ patch, overlap }) => isBelow(overlap, patch), {
    path: ['overlap'],
    message: 'must be smaller than the patch on every axis',
  })
  .refine(({ clip }) => !clip || clip[0] < clip[1], {
    path: ['clip'],
    message: 'the first number must be below the second',
  })
  .refine(({ coarse, ...rest }) => !coarse || !runsWithScores(rest), {
    path: ['coarse'],
    message: 'does not go with prediction, crop, spacing, mirror or a z-score over the foreground',
  })
  .refine(({ steer, coarse }) => steer === undefined || coarse, {
    path: ['steer'],
    message: 'needs coarse',
  })
  .refine(({ darkest, ...rest }) => darkest === undefined || !runsWithScores(rest), {
    path: ['darkest'],
    message: 'does not go with prediction, crop, spacing, mirror or a z-score over the foreground',
  })
  .refine(({ axes }) => !axes || new Set(axes).size === 3, {
    path: ['axes'],
    message: 'must name x, y and z once each',
  })
  .refine(({ mirror }) => !mirror || new Set(mirror).size === mirror.length, {
    path: ['mirror'],
    message: 'must name an axis once',
  });

export type ModelManifest = z.infer<typeof ModelManifest>;
