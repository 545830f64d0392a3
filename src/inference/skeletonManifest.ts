import { z } from 'zod';
import { NET_FILE } from './manifest';
import { parseAs } from './parseManifest';

/** What a learned skeletonizer knows of a voxel from the start; see {@link FEATURE_OF}. */
const Feature = z.enum(['mask', 'depth']);

/**
 * A learned skeletonizer is a .onnx file and this JSON beside it. The file holds a recurrent net, its iterations
 * unrolled, for the n voxels of a mask: a tensor `features` [n, features], float32, and a tensor `neighbours`
 * [n, 3^dimensions], int32, to a tensor `likeness` [n, 1], float32. `neighbours` tells of each voxel the rows of those
 * around it (itself in the middle; x fastest, then y, then z), and n where the neighbour is no voxel of the mask: it
 * then counts as zeros. The likeness of a voxel to be on the skeleton is 0 … 1.
 */
export const SkeletonManifest = z.strictObject({
  ...NET_FILE,
  /** 3 for masks that are volumes, 2 for images. */
  dimensions: z.union([z.literal(2), z.literal(3)]),
  /** Voxels that are answered in one run; those that they see are looked at too. */
  rows: z.int().positive(),
  /** How many voxels far an answer looks. */
  iterations: z.int().positive(),
  /** In the order of the tensor. */
  features: z.array(Feature).min(1),
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
