import fs from 'node:fs';
import path from 'node:path';
import type { Vec3 } from '@vessels/volume/geometry';
import { readNifti } from '@vessels/volume/nifti';
import { fromCOrder, readNpz, unpackNumpyBits } from '../../test/helpers/npy';
import { perturb } from '../kernels/cases/perturb';
import { RECIPES } from '../kernels/cases/recipes';

const DATA = path.resolve(import.meta.dirname, '../../../shared/data');

/** A mask to thin; a flat one is an image. */
export interface SkeletonCase {
  readonly name: string;
  readonly about: string;
  /** 0 or 1, x fastest. */
  readonly mask: Uint8Array;
  readonly dims: Vec3;
}

const stored = (file: string) => path.join(DATA, file);

const ROUGH = 'the same with cuts, islands, bridges, rough';

/** A phantom of the test data; where it is absent, undefined. */
function phantom(name: string): Pick<SkeletonCase, 'mask' | 'dims'> | undefined {
  const file = stored(`phantoms/${name}.nii.gz`);
  if (!fs.existsSync(file)) return undefined;
  const { data, geometry } = readNifti(fs.readFileSync(file));
  return {
    mask: Uint8Array.from(data as ArrayLike<number>, (v) => Number(v > 0)),
    dims: geometry.dims,
  };
}

/** The phantom, else the tree that the kernel bench draws. */
function tree(name: string): SkeletonCase {
  const about = 'vessel tree';
  const found = phantom(name);
  if (found) return { name, about, ...found };
  return { name: `${name}, drawn`, about, ...RECIPES.find((r) => r.name === name)!.draw() };
}

/** The rough twin of a tree. */
function roughTwin({ name, mask, dims }: SkeletonCase): SkeletonCase {
  const found = phantom('tree128_pert');
  if (found) return { name: `${name} rough`, about: ROUGH, ...found };
  return { name: `${name}, rough`, about: ROUGH, ...perturb({ mask, dims }, 'tree128'.length) };
}

/** A real mask of the test data; none where those are absent. */
function real(name: string, about: string): SkeletonCase[] {
  const file = stored(`oracle/${name}.npz`);
  if (!fs.existsSync(file)) return [];
  const { mask, shape } = readNpz(fs.readFileSync(file));
  const dims = Array.from(shape.data, Number) as unknown as Vec3;
  const bits = unpackNumpyBits(mask.data as Uint8Array, dims[0] * dims[1] * dims[2]);
  return [{ name, about, ...fromCOrder(bits, dims) }];
}

/** What is seen along z: an image. */
function seenAlongZ({ name, about, mask, dims: [nx, ny, nz] }: SkeletonCase): SkeletonCase {
  const image = new Uint8Array(nx * ny);
  for (let z = 0; z < nz; z++) for (let i = 0; i < nx * ny; i++) image[i] |= mask[i + nx * ny * z];
  return { name: `${name}, seen along z`, about, mask: image, dims: [nx, ny, 1] };
}

/** The plane half-way along z: an image. */
function middlePlane({ name, about, mask, dims: [nx, ny, nz] }: SkeletonCase): SkeletonCase {
  const z = Math.floor(nz / 2);
  const plane = mask.slice(z * nx * ny, (z + 1) * nx * ny);
  return { name: `${name}, plane ${z}`, about, mask: plane, dims: [nx, ny, 1] };
}

export function skeletonCases(): SkeletonCase[] {
  const tree128 = tree('tree128');
  const vessap = real('vessap48', 'light-sheet microscopy of a mouse brain, crop of VesSAP');
  const octa = real('octa_labels', 'OCT angiography, labels of tUbeNet');
  return [
    tree128,
    roughTwin(tree128),
    ...vessap,
    ...octa,
    seenAlongZ(tree128),
    ...octa.map(middlePlane),
  ];
}

/** Trees to measure time on. */
export const timeCases = (): SkeletonCase[] => ['tree128', 'tree256'].map(tree);
