import fs from 'node:fs';
import path from 'node:path';
import { encodePart10 } from '@vessels/dicom/part10';
import { imageSeriesDatasets, type ImageSeriesAttributes } from '@vessels/dicom/imageSeries';
import { sampleVolumes } from './study';

const ATTRIBUTES: ImageSeriesAttributes = Object.freeze({
  modality: 'MR',
  patient: { name: 'Sample^Vessels', id: 'SAMPLE-1' },
  studyDescription: 'Synthetic head angiogram',
  seriesDescription: 'TOF-MRA, synthetic',
  seriesNumber: 1,
  bodyPart: 'HEAD',
  software: { name: 'ohif-vessels sample study', version: '1' },
  date: new Date(2026, 0, 1, 12),
  seed: 'ohif-vessels sample study 1',
  window: { center: 330, width: 660 },
});

/**
 * Writes the sample study: the synthetic angiogram as an MR series. The same bytes on every machine.
 * @param folder where the .dcm files go; it must exist
 */
export function generateSample(folder: string): void {
  const { image } = sampleVolumes();
  imageSeriesDatasets(image, ATTRIBUTES).forEach((slice, k) =>
    fs.writeFileSync(
      path.join(folder, `image-${String(k + 1).padStart(3, '0')}.dcm`),
      Buffer.from(encodePart10(slice)),
    ),
  );
}

if (process.argv[1] === import.meta.filename) {
  const folder = process.argv[2];
  if (!folder) throw new Error('usage: tsx viewer/sample/generate.ts FOLDER');
  generateSample(path.resolve(folder));
}
