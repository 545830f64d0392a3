import fs from 'node:fs';
import path from 'node:path';
import { decodePart10 } from '@vessels/dicom/part10';
import type { NaturalDataset } from '@vessels/dicom/types';

/** An object that the viewer's server has stored. */
export interface StoredObject {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly dataset: NaturalDataset;
}

/** What the viewer's server has stored of a modality. @param folder of its data */
export const storedObjects = (folder: string, modality: string): StoredObject[] =>
  fs
    .readdirSync(path.join(folder, 'stored'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.dcm'))
    .map((name) => new Uint8Array(fs.readFileSync(path.join(folder, 'stored', name))))
    .map((bytes) => ({ bytes, dataset: decodePart10(bytes.buffer).dataset }))
    .filter(({ dataset }) => dataset.Modality === modality);
