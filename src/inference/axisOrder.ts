import type { Vec3 } from '../volume/geometry';
import type { ModelManifest } from './manifest';
import { AXES } from './mirror';

const USUAL: ['z', 'y', 'x'] = ['z', 'y', 'x'];

/** Sizes of the image's axes in the order of the tensor. */
export const inTensorOrder = (
  sizes: Vec3,
  { axes = USUAL }: Pick<ModelManifest, 'axes'>,
): [number, number, number] => [sizes[AXES[axes[0]]], sizes[AXES[axes[1]]], sizes[AXES[axes[2]]]];

type Tile = Pick<ModelManifest, 'axes' | 'patch'>;

/** A tile, x fastest, as the tensor has it: the last of its axes fastest. */
export const toTensor = (tile: Float32Array, model: Tile): Float32Array =>
  reorder(tile, model, (tensor, at, image) => (tensor[at] = tile[image]));

/** The channels of a tensor, x fastest. */
export const fromTensor = (tensor: Float32Array, model: Tile): Float32Array =>
  reorder(tensor, model, (tile, at, image) => (tile[image] = tensor[at]));

/** Visit each voxel with its index in the tensor and in the image. */
function reorder(
  values: Float32Array,
  { axes = USUAL, patch }: Tile,
  put: (result: Float32Array, tensor: number, image: number) => void,
): Float32Array {
  if (axes.every((axis, i) => axis === USUAL[i])) return values;
  const result = new Float32Array(values.length);
  const strides = [1, patch[0], patch[0] * patch[1]];
  const [a, b, c] = axes.map((axis) => AXES[axis]);
  const voxels = patch[0] * patch[1] * patch[2];
  let at = 0;
  for (let first = 0; first < values.length; first += voxels)
    for (let i = 0; i < patch[a]; i++)
      for (let j = 0; j < patch[b]; j++) {
        let image = first + i * strides[a] + j * strides[b];
        for (let k = 0; k < patch[c]; k++, image += strides[c]) put(result, at++, image);
      }
  return result;
}
