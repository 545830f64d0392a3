import fs from 'node:fs';
import { CATEGORY, TOPCOW } from '@vessels/dicom/codes';
import { imageSeriesDatasets } from '@vessels/dicom/imageSeries';
import type { NaturalDataset, SegmentDescription } from '@vessels/dicom/types';
import type { Geometry, Vec3 } from '@vessels/volume/geometry';
import { LABELS } from './labelled';

/** The kinds of SEG that are compared. */
export const KINDS = ['LABELMAP', 'BINARY'] as const;
export type Kind = (typeof KINDS)[number];

export const STEPS = ['encode', 'decode'] as const;
export type Step = (typeof STEPS)[number];

/** What a process is asked. */
export interface Job {
  readonly step: Step;
  readonly kind: Kind;
  readonly dims: Vec3;
  /** File of the mask: bytes, x fastest. */
  readonly labelmap: string;
  /** File of the SEG, which encoding writes and decoding reads. */
  readonly seg: string;
  readonly repeats: number;
}

/** The series that was segmented, its slices as instances. */
export interface Source {
  readonly geometry: Geometry;
  readonly instances: readonly NaturalDataset[];
  readonly segments: readonly SegmentDescription[];
}

const ORIGIN = Object.freeze({
  category: CATEGORY.anatomicalStructure,
  algorithmType: 'AUTOMATIC' as const,
  algorithm: { name: 'bench', version: '0', parameters: 'drawn' },
  color: '#d03c3c',
});

/** A CT of the size of the job. Its pixels are 0, the same bytes for each slice: what they hold costs nothing here. */
export function sourceOf({ dims: [columns, rows, depth] }: Job): Source {
  const geometry: Geometry = {
    dims: [columns, rows, depth],
    spacing: [0.5, 0.5, 0.5],
    origin: [-128, -128, -75],
    direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
    frameOfReferenceUID: '2.25.1',
  };
  const slices = imageSeriesDatasets(
    { geometry: { ...geometry, dims: [1, 1, depth] }, data: new Int16Array(depth) },
    {
      modality: 'CT',
      patient: { name: 'Bench^Vessels', id: 'bench' },
      studyDescription: 'Bench',
      seriesDescription: 'Bench',
      software: { name: 'ohif-vessels', version: '0' },
      seed: 'bench',
    },
  );
  const PixelData = new Int16Array(columns * rows).buffer;
  const segments = Object.values(TOPCOW)
    .slice(0, LABELS)
    .map((vessel, i): SegmentDescription => ({ ...vessel, ...ORIGIN, number: i + 1 }));
  return {
    geometry,
    instances: slices.map((slice) => ({ ...slice, Rows: rows, Columns: columns, PixelData })),
    segments,
  };
}

/** Bytes of a file, in a buffer of their own. */
export function readBytes(file: string): Uint8Array<ArrayBuffer> {
  const { buffer, byteOffset, byteLength } = fs.readFileSync(file);
  const bytes = new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
  return byteLength === buffer.byteLength ? bytes : bytes.slice();
}

/** Voxels of a mask that differ from what was encoded. */
export function differences(found: Uint8Array, expected: Uint8Array): number {
  let count = Math.abs(found.length - expected.length);
  for (let v = 0; v < expected.length; v++) if (found[v] !== expected[v]) count++;
  return count;
}
