import fs from 'node:fs';
import path from 'node:path';
import { decodePart10 } from '@vessels/dicom/part10';
import { seriesGeometry } from '@vessels/dicom/seriesGeometry';
import { voxelCount, type Geometry } from '@vessels/volume/geometry';
import { readNifti } from '@vessels/volume/nifti';
import type { Volume } from '@vessels/volume/volume';
import { dicomFiles } from '../../test/helpers/dicomSeries';
import { readMha } from '../../test/helpers/mha';
import { readTiffStack } from '../../test/helpers/tiff';
import { sampleVolumes } from '../../viewer/sample/study';

/** Real angiograms beside the clone. */
const REAL = path.resolve(import.meta.dirname, '../../../shared/data/angiograms');

/** An angiogram to segment, with what is known of its vessels. */
export interface EvaluationSet {
  readonly name: string;
  readonly image: Volume;
  /** 0 or 1 on the image's grid; nothing where the result is looked at alone. */
  readonly truth?: Uint8Array;
  /** Voxels that are scored, 0 or 1; all where nothing is said. */
  readonly counts?: Uint8Array;
  /** The reference lacks side branches: scored inside it, dilated by so much (mm). */
  readonly within?: number;
  /** The largest component alone is judged. */
  readonly largest?: boolean;
  /** Intensities are normalised already, as the model was trained on them. */
  readonly normalised?: boolean;
}

const real = (...file: string[]) => fs.readFileSync(path.join(REAL, ...file));

const grid = (dims: Geometry['dims'], spacing: Geometry['spacing']): Geometry => ({
  dims,
  spacing,
  origin: [0, 0, 0],
  direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
});

const binary = (values: ArrayLike<number>): Uint8Array =>
  Uint8Array.from(values, (value) => Number(value > 0));

function stack(file: string, spacing: Geometry['spacing']): Volume {
  const { data, dims } = readTiffStack(real(file));
  return { data, geometry: grid(dims, spacing) };
}

function sample(): EvaluationSet {
  const { image, truth } = sampleVolumes();
  return { name: 'sample', image, truth: truth.data };
}

export const aortaMra = (): EvaluationSet => ({
  name: 'aorta MRA',
  image: readMha(real('aorta-mra.mha')),
  truth: Uint8Array.from(readMha(real('aorta-lumen-levelset.mha')).data, (v) => Number(v < 0)),
  within: 5,
  largest: true,
});

export function aortaCta(): EvaluationSet {
  const image = readNifti(real('aorta-cta/ct_cropped.nii.gz'));
  const truth = new Uint8Array(image.data.length);
  for (const file of fs.readdirSync(path.join(REAL, 'aorta-cta')))
    if (file !== 'ct_cropped.nii.gz' && file.endsWith('.nii.gz'))
      readNifti(real('aorta-cta', file)).data.forEach(
        (value, v) => (truth[v] |= Number(value > 0)),
      );
  return { name: 'aorta CTA', image, truth, within: 5 };
}

const octa = (): EvaluationSet => ({
  name: 'OCTA',
  image: stack('octa.tif', [1, 1, 1]),
  truth: binary(stack('octa-labels.tif', [1, 1, 1]).data),
});

/** Two-photon stacks by their pixel edge, µm taken as mm: a vessel's scale is what it is in voxels. */
const TWO_PHOTON = Object.freeze({
  burgess2014_bbbDisruption: 0.994,
  burgess2014_lowerRes_hiSNR: 1.59,
  burgess2014_tgMouse: 0.994,
  poon2015_BBB_noLeakage: 0.994,
});

const twoPhoton = (): EvaluationSet[] =>
  Object.entries(TWO_PHOTON).map(([name, edge]) => ({
    name: name.replace(/^[a-z]+\d+_/, 'two-photon '),
    image: stack(`two-photon/${name}.tif`, [edge, edge, 5]),
    truth: binary(stack(`two-photon/${name}-labels.tif`, [edge, edge, 5]).data),
  }));

const lookOnly = (name: string, file: string): EvaluationSet => ({
  name,
  image: readMha(real(file)),
});

/** A series as it came from the scanner, contrast-enhanced but no angiogram. */
function t1Gd(): EvaluationSet {
  const files = dicomFiles('dicom/t1-gd').map((file) => decodePart10(file));
  const { geometry, order } = seriesGeometry(files.map(({ dataset }) => dataset));
  const data = new Uint16Array(voxelCount(geometry));
  order.forEach((place, k) =>
    data.set(
      new Uint16Array(files[place]!.pixelData![0]!),
      k * geometry.dims[0] * geometry.dims[1],
    ),
  );
  return { name: 'T1 with gadolinium', image: { data, geometry } };
}

/** Which sets each bundled model is judged on, besides held-out synthetic volumes of its own kind. */
const SETS: Readonly<Record<string, () => EvaluationSet[]>> = Object.freeze({
  'vessels-mra': () => [
    sample(),
    aortaMra(),
    lookOnly('Circle of Willis TOF', 'cow-tof-mra.mha'),
    t1Gd(),
  ],
  'vessels-cta': () => [aortaCta(), lookOnly('Circle of Willis CTA', 'cow-cta.mha')],
  'vessels-generic': () => [octa(), ...twoPhoton(), sample(), aortaMra()],
});

/** Real sets of a model; the sample alone where ../shared/data is missing. */
export function realSets(model: string): EvaluationSet[] {
  if (fs.existsSync(REAL)) return SETS[model]?.() ?? [];
  return model === 'vessels-cta' ? [] : [sample()];
}
