import fs from 'node:fs';
import path from 'node:path';
import { CATEGORY, VESSEL } from '@vessels/dicom/codes';
import { imageSeriesDatasets, type ImageSeriesAttributes } from '@vessels/dicom/imageSeries';
import { encodePart10 } from '@vessels/dicom/part10';
import { writeSeg, type SegRequest } from '@vessels/dicom/seg';
import type { SegmentDescription } from '@vessels/dicom/types';
import { sampleVolumes } from './study';

const SEED = 'ohif-vessels sample study 1';
const SOFTWARE = Object.freeze({ name: 'ohif-vessels sample study', version: '1' });
const DATE = new Date(2026, 0, 1, 12);

const IMAGES: ImageSeriesAttributes = Object.freeze({
  modality: 'MR',
  patient: { name: 'Sample^Vessels', id: 'SAMPLE-1' },
  studyDescription: 'Synthetic head angiogram',
  seriesDescription: 'TOF-MRA, synthetic',
  seriesNumber: 1,
  bodyPart: 'HEAD',
  software: SOFTWARE,
  date: DATE,
  seed: SEED,
  window: { center: 330, width: 660 },
});

const ARTERIES: SegmentDescription = Object.freeze({
  number: 1,
  label: 'Arteries',
  category: CATEGORY.anatomicalStructure,
  type: VESSEL.artery,
  algorithmType: 'MANUAL',
  color: '#5e3c99',
});

/** Reference SEGs of the study: the truth, and one with known mistakes. */
const REFERENCES = Object.freeze([
  {
    name: 'truth',
    mask: 'truth',
    seriesNumber: 2,
    seriesDescription: 'Truth',
    contentLabel: 'TRUTH',
  },
  {
    name: 'mistakes',
    mask: 'flawed',
    seriesNumber: 3,
    seriesDescription: 'Known mistakes',
    contentLabel: 'MISTAKES',
  },
] as const);

/**
 * Writes the sample study: the synthetic angiogram as an MR series and two SEGs, BINARY because every system reads
 * that. The same bytes on every machine.
 * @param folder where the .dcm files go; it must exist
 */
export function generateSample(folder: string): void {
  const write = (name: string, bytes: ArrayBuffer) =>
    fs.writeFileSync(path.join(folder, `${name}.dcm`), Buffer.from(bytes));
  const volumes = sampleVolumes();
  const slices = imageSeriesDatasets(volumes.image, IMAGES);
  slices.forEach((slice, k) =>
    write(`image-${String(k + 1).padStart(3, '0')}`, encodePart10(slice)),
  );
  for (const { name, mask, ...series } of REFERENCES) {
    const { data: labelmap, geometry } = volumes[mask];
    const request: SegRequest = {
      labelmap,
      geometry,
      segments: [ARTERIES],
      sources: slices,
      kind: 'BINARY',
      software: SOFTWARE,
      now: DATE,
      seed: `${SEED}/${name}`,
      ...series,
    };
    write(`seg-${name}`, writeSeg(request).bytes);
  }
}

if (process.argv[1] === import.meta.filename) {
  const folder = process.argv[2];
  if (!folder) throw new Error('usage: tsx viewer/sample/generate.ts FOLDER');
  generateSample(path.resolve(folder));
}
