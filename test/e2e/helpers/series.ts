import fs from 'node:fs';
import path from 'node:path';
import { encodePart10 } from '@vessels/dicom/part10';
import { imageSeriesDatasets } from '@vessels/dicom/imageSeries';
import type { NaturalDataset } from '@vessels/dicom/types';
import type { Geometry } from '@vessels/volume/geometry';
import type { Volume } from '@vessels/volume/volume';

/** Writes a volume as a DICOM series of a study of its own, which its name makes. @returns the slices */
export function writeSeries(
  folder: string,
  volume: Volume,
  { name, modality = 'MR' }: { readonly name: string; readonly modality?: 'MR' | 'CT' },
  change: (slices: NaturalDataset[]) => NaturalDataset[] = (slices) => slices,
): readonly NaturalDataset[] {
  const slices = imageSeriesDatasets(volume, {
    modality,
    patient: { name: `Test^${name}`, id: name },
    studyDescription: name,
    seriesDescription: name,
    software: { name: 'ohif-vessels tests', version: '1' },
    seed: `test ${name}`,
    date: new Date(2026, 0, 1, 12),
  });
  fs.mkdirSync(folder, { recursive: true });
  const written = change(slices);
  written.forEach((slice, k) =>
    fs.writeFileSync(
      path.join(folder, `${name.replaceAll(' ', '-')}-${k}.dcm`),
      Buffer.from(encodePart10(slice)),
    ),
  );
  return written;
}

/** A bright tube along z with a side branch, in dark noise-free surroundings. */
export function tube(dims: Geometry['dims']): Volume {
  const [nx, ny, nz] = dims;
  const data = new Int16Array(nx * ny * nz);
  for (let v = 0, k = 0; k < nz; k++)
    for (let j = 0; j < ny; j++)
      for (let i = 0; i < nx; i++, v++) {
        const trunk = Math.hypot(i - nx / 2, j - ny / 2) < 3;
        const branch = i > nx / 2 && Math.hypot(j - ny / 2, k - nz / 2) < 2.5;
        data[v] = trunk || branch ? 900 : 100 + ((i * 7 + j * 13 + k * 29) % 17);
      }
  return {
    data,
    geometry: {
      dims,
      spacing: [0.8, 0.8, 0.8],
      origin: [-0.4 * nx, -0.4 * ny, -0.4 * nz],
      direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
    },
  };
}

const position = (slice: NaturalDataset) => slice.ImagePositionPatient as readonly number[];

/** Series that must be refused, and what the sentence must say. */
export const REFUSED: readonly {
  readonly name: string;
  readonly says: RegExp;
  readonly change: (slices: NaturalDataset[]) => NaturalDataset[];
}[] = Object.freeze([
  {
    name: 'localizer',
    says: /localizer/i,
    change: (slices) =>
      slices.slice(0, 3).map((s) => ({ ...s, ImageType: ['ORIGINAL', 'PRIMARY', 'LOCALIZER'] })),
  },
  { name: 'single slice', says: /one|single/i, change: (slices) => slices.slice(0, 1) },
  {
    name: 'missing slices',
    says: /slice.* missing/i,
    change: (slices) => slices.filter((_, k) => k !== 9 && k !== 10),
  },
  {
    name: 'gantry tilt',
    says: /right angle.*\(0018,1120\)/i,
    change: (slices) =>
      slices.map((s, k) => {
        const [x, y, z] = position(s);
        return { ...s, ImagePositionPatient: [x, y! + 0.2 * k, z] };
      }),
  },
  {
    name: 'mixed orientations',
    says: /turned differently.*\(0020,0037\)/i,
    change: (slices) =>
      slices.map((s, k) => (k < 12 ? s : { ...s, ImageOrientationPatient: [1, 0, 0, 0, 0, -1] })),
  },
]);
