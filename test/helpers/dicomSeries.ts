import fs from 'node:fs';
import path from 'node:path';
import { imageSeriesDatasets, type ImageSeriesAttributes } from '@vessels/dicom/imageSeries';
import type { NaturalDataset } from '@vessels/dicom/types';
import type { Geometry, Vec3 } from '@vessels/volume/geometry';
import type { Volume } from '@vessels/volume/volume';
import { readMha } from './mha';

const cross = (a: readonly number[], b: readonly number[]) =>
  [0, 1, 2].map((i) => a[(i + 1) % 3]! * b[(i + 2) % 3]! - a[(i + 2) % 3]! * b[(i + 1) % 3]!);
const unit = (a: readonly number[]) => a.map((value) => value / Math.hypot(...a));

/** Test data that is no part of the repository; read here without Jest, for the conformance run too. */
const DATA = path.resolve('../shared/data');

/** Directions of slices as they come in practice, and one that fits no plane of the body. */
export const ORIENTATIONS = {
  axial: [1, 0, 0, 0, 1, 0],
  coronal: [1, 0, 0, 0, 0, -1],
  sagittal: [0, 1, 0, 0, 0, -1],
  oblique: (() => {
    const row = unit([0.9, 0.3, -0.1]);
    return [...row, ...unit(cross(unit([0.2, -0.4, 1]), row))];
  })(),
} as const satisfies Record<string, readonly number[]>;

/** A right-handed grid with anisotropic spacing and an odd origin. */
export function gridOf(dims: Vec3, orientation: readonly number[] = ORIENTATIONS.axial): Geometry {
  return {
    dims,
    spacing: [0.4, 0.5, 1.25],
    origin: [-12.5, 33.25, 101.75],
    direction: [...orientation, ...cross(orientation.slice(0, 3), orientation.slice(3))],
    frameOfReferenceUID: '1.2.826.0.1.1',
  };
}

/** A volume whose voxel values are their place in memory. */
export const numbered = (geometry: Geometry): Volume => ({
  geometry,
  data: Int16Array.from(
    { length: geometry.dims[0] * geometry.dims[1] * geometry.dims[2] },
    (_, i) => i,
  ),
});

/** What a test's series says of itself. */
export const ATTRIBUTES: ImageSeriesAttributes = {
  modality: 'MR',
  patient: { name: 'Test^Vessels', id: 'T1' },
  studyDescription: 'Test study',
  seriesDescription: 'Test series',
  bodyPart: 'HEAD',
  software: { name: 'ohif-vessels tests', version: '1' },
  date: new Date(2026, 0, 2, 3, 4, 5),
  seed: 'test series',
};

/** Data sets of a numbered series on a grid, slice by slice along z. */
export const seriesOn = (
  geometry: Geometry,
  attributes: Partial<ImageSeriesAttributes> = {},
): NaturalDataset[] => imageSeriesDatasets(numbered(geometry), { ...ATTRIBUTES, ...attributes });

/** Real angiograms of the test data, as what they were acquired. */
export const ANGIOGRAMS = {
  aorta: { file: 'angiograms/aorta-mra.mha', modality: 'MR', bodyPart: 'ABDOMEN' },
  cowTof: { file: 'angiograms/cow-tof-mra.mha', modality: 'MR', bodyPart: 'HEAD' },
  cowCta: { file: 'angiograms/cow-cta.mha', modality: 'CT', bodyPart: 'HEAD' },
} as const satisfies Record<string, { file: string; modality: 'MR' | 'CT'; bodyPart: string }>;

/** A real angiogram and the attributes to wrap it as a DICOM series with `writeImageSeries`. */
export function angiogram(name: keyof typeof ANGIOGRAMS): {
  volume: Volume;
  attributes: ImageSeriesAttributes;
} {
  const { file, modality, bodyPart } = ANGIOGRAMS[name];
  return {
    volume: readMha(fs.readFileSync(path.join(DATA, file))),
    attributes: {
      ...ATTRIBUTES,
      modality,
      bodyPart,
      patient: { name: `Test^${name}`, id: name },
      seriesDescription: name,
      seed: `angiogram ${name}`,
    },
  };
}

/** Bytes of a DICOM file of the test data. */
export const dicomFile = (file: string): ArrayBuffer =>
  new Uint8Array(fs.readFileSync(path.join(DATA, file))).buffer;

/** Bytes of all DICOM files in a folder of the test data, in the order of their names. */
export const dicomFiles = (folder: string): ArrayBuffer[] =>
  fs
    .readdirSync(path.join(DATA, folder))
    .filter((name) => name.endsWith('.dcm'))
    .sort()
    .map((name) => dicomFile(`${folder}/${name}`));
