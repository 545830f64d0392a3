import fs from 'node:fs';
import path from 'node:path';
import type { Geometry } from '@vessels/volume/geometry';
import type { Volume } from '@vessels/volume/volume';
import { readMha } from '../../test/helpers/mha';
import { readTiffStack } from '../../test/helpers/tiff';
import { sampleVolumes } from '../../viewer/sample/study';

/** Real angiograms beside the clone. */
const REAL = path.resolve(import.meta.dirname, '../../../shared/data/angiograms');

/** An angiogram with what is known of its vessels. */
export interface BenchCase {
  readonly name: string;
  /** The bundled model for such images. */
  readonly model: string;
  readonly image: Volume;
  readonly truth: Uint8Array;
  /** The reference holds one vessel in a part of the image; the rest is unknown. */
  readonly partial: boolean;
  readonly about: string;
}

const real = (file: string) => fs.readFileSync(path.join(REAL, file));
const grid = (dims: Geometry['dims']): Geometry => ({
  dims,
  spacing: [1, 1, 1],
  origin: [0, 0, 0],
  direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
});

function sample(): BenchCase {
  const { image, truth } = sampleVolumes();
  return {
    name: 'sample',
    model: 'vessels-mra',
    image,
    truth: truth.data,
    partial: false,
    about: 'sample study, synthetic TOF-MRA; the truth',
  };
}

function aorta(): BenchCase {
  const levelSet = readMha(real('aorta-lumen-levelset.mha')).data;
  return {
    name: 'aorta',
    model: 'vessels-mra',
    image: readMha(real('aorta-mra.mha')),
    truth: Uint8Array.from(levelSet, (value) => Number(value < 0)),
    partial: true,
    about:
      'CE-MRA of the aorta (VMTK); largest component against a level set of the lumen, inside its bounding box',
  };
}

function octa(): BenchCase {
  const { data, dims } = readTiffStack(real('octa.tif'));
  return {
    name: 'octa',
    model: 'vessels-generic',
    image: { data, geometry: grid(dims) },
    truth: readTiffStack(real('octa-labels.tif')).data.map((value) => Number(value > 0)),
    partial: false,
    about: 'OCT angiography (tUbeNet); labels',
  };
}

/** The sample study, and the real angiograms where they are. */
export function benchCases(): BenchCase[] {
  if (fs.existsSync(REAL)) return [sample(), aorta(), octa()];
  console.log('aorta and octa left out: there is no ../shared/data beside the repository');
  return [sample()];
}
