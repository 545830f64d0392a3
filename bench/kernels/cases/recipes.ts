import type { Vec3 } from '@vessels/volume/geometry';
import { liver } from './liver';
import { mesh } from './mesh';
import type { Canvas } from './paint';
import { tree } from './tree';

/** How a case is drawn; the same voxels on every machine. */
export interface Recipe {
  readonly name: string;
  readonly about: string;
  /** mm */
  readonly spacing: Vec3;
  /** Whether a perturbed twin belongs to it, so that there is a pair to compare. */
  readonly twin: boolean;
  readonly draw: () => Canvas;
}

const THINNEST = 1.2;
const ROOT: Vec3 = [0.5, 0.05, 0.5];

const treeRecipe = (
  name: string,
  dims: Vec3,
  thickest: number,
  density: number,
  seed: number,
): Recipe => ({
  name,
  about: 'vessel tree',
  spacing: [0.5, 0.5, 0.5],
  twin: true,
  draw: () => tree(dims, { radius: [thickest, THINNEST], density, root: ROOT }, seed),
});

export const RECIPES: readonly Recipe[] = Object.freeze([
  treeRecipe('tree128', [128, 128, 128], 7, 0.05, 1),
  treeRecipe('tree256', [256, 256, 256], 8, 0.027, 2),
  treeRecipe('tree512x300', [512, 512, 300], 10, 0.018, 3),
  {
    name: 'liver256',
    about: 'organ of the size of a liver with its vessels, thick',
    spacing: [0.7, 0.7, 1],
    twin: true,
    draw: () => liver([256, 256, 256], 4),
  },
  {
    name: 'mesh256',
    about: 'mesh of capillaries as in OCT angiography, dense',
    spacing: [0.01, 0.01, 0.01],
    twin: true,
    draw: () => mesh([256, 256, 128], 14, [2, 4], 5),
  },
  {
    name: 'flat2048',
    about: 'flat mesh of capillaries',
    spacing: [0.01, 0.01, 0.01],
    twin: false,
    draw: () => mesh([2048, 2048, 1], 40, [2, 9], 6),
  },
]);
