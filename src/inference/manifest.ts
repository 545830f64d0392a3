import { z } from 'zod';

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
]);

const Extent = z.tuple([z.int().positive(), z.int().positive(), z.int().positive()]);

const isBelow = (a: readonly number[], b: readonly number[]) => a.every((n, axis) => n < b[axis]);

/** A model is a .onnx file and this JSON beside it. Sizes are [x, y, z]. */
export const ModelManifest = z
  .strictObject({
    schema: z.literal(1),
    id: z.string().regex(/^[a-z0-9-]+$/),
    name: z.string().min(1),
    version: z.string().min(1),
    file: z.string().regex(/^[\w.-]+\.onnx$/),
    /** Of the .onnx file, lower-case hex. */
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    modalities: z.array(z.enum(['MR', 'CT'])).min(1),
    /** Tensors [1, 1, z, y, x], float32; the output is a probability in 0..1. */
    input: z.string().min(1),
    output: z.string().min(1),
    /** Fixed tile size in voxels. */
    patch: Extent,
    /** Overlap of neighbouring tiles in voxels. */
    overlap: Extent,
    normalisation: Normalisation,
    /** Range into which normalised values are clipped. */
    clip: z.tuple([z.number(), z.number()]),
    /** Threshold on the probability that the card's scores were measured at. */
    threshold: z.number().gt(0).lt(1),
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
  .refine(({ clip: [low, high] }) => low < high, {
    path: ['clip'],
    message: 'the first number must be below the second',
  });

export type ModelManifest = z.infer<typeof ModelManifest>;
