import { z } from 'zod';
import { NET_FILE } from './manifest';
import { parseAs } from './parseManifest';

/** What a learned skeletonizer knows of a voxel from the start; see {@link FEATURE_OF}. */
const Feature = z.enum(['mask', 'depth']);

/**
 * A learned skeletonizer is a .onnx file and this JSON beside it. The file holds one step of a recurrent net for voxels of
 * a mask: a tensor `rows` [rows, 3^dimensions × (features + states)] to a tensor `change` [rows, states], both
 * float32. A row is a voxel of the mask; it holds, for each of its neighbours (itself in the middle; x fastest, then y,
 * then z), the features and then the states, all 0 where the neighbour is no voxel of the mask. The states begin at 0;
 * `change` is added to them, `iterations` times. The sigmoid of the first one is then the likeness of the voxel to be on
 * the skeleton.
 */
export const SkeletonManifest = z.strictObject({
  ...NET_FILE,
  /** 3 for masks that are volumes, 2 for images. */
  dimensions: z.union([z.literal(2), z.literal(3)]),
  /** Voxels of one run. */
  rows: z.int().positive(),
  iterations: z.int().positive(),
  /** In the order of the tensor. */
  features: z.array(Feature).min(1),
  /** Numbers that the net keeps of a voxel from one iteration to the next. */
  states: z.int().positive(),
  licence: z.string().min(1),
  /** Model card, relative to the manifest. */
  card: z.string().min(1),
  description: z.string().min(1),
});

export type SkeletonManifest = z.infer<typeof SkeletonManifest>;
export type Feature = z.infer<typeof Feature>;

/** A feature of a voxel from its distance to the background, voxels. */
export const FEATURE_OF: Readonly<Record<Feature, (distance: number) => number>> = Object.freeze({
  mask: () => 1,
  // A voxel more counts for much near the wall and for little in the middle of an aorta.
  depth: (distance) => Math.log2(1 + distance) / 4,
});

/**
 * @param where file name or URL, for the message
 * @throws InputError `model.manifest` that names the first wrong field
 */
export const parseSkeletonManifest = (text: string, where: string): SkeletonManifest =>
  parseAs(SkeletonManifest, text, where);
