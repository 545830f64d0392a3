import fs from 'node:fs';
import path from 'node:path';
import { writeImageSeries, type ImageSeriesAttributes } from '@vessels/dicom/imageSeries';
import { decodePart10, encodePart10 } from '@vessels/dicom/part10';
import { seriesResampling } from '@vessels/dicom/resampleSeries';
import { readSeg, writeSeg, type LabelmapRequest } from '@vessels/dicom/seg';
import { seriesGeometry } from '@vessels/dicom/seriesGeometry';
import type { NaturalDataset, SegmentDescription } from '@vessels/dicom/types';
import { type Geometry, voxelCount } from '@vessels/volume/geometry';
import type { Volume } from '@vessels/volume/volume';
import {
  ANGIOGRAMS,
  angiogram,
  dicomFiles,
  ATTRIBUTES,
  gridOf,
  numbered,
  ORIENTATIONS,
  seriesOn,
} from '../helpers/dicomSeries';
import { readMha } from '../helpers/mha';
import { maskOf } from '../helpers/segRequests';
import { ANEURYSM, LEFT_ICA, VESSELS } from '../helpers/segments';

/** An image series and a mask on it. */
export interface Case {
  readonly name: string;
  readonly images: readonly ArrayBuffer[];
  readonly geometry: Geometry;
  readonly sources: readonly NaturalDataset[];
  /** Absent where the extras are all that is looked at. */
  readonly labelmap?: Uint8Array;
  readonly segments: readonly SegmentDescription[];
  /** The images come from a scanner: they are no work of ours to be validated. */
  readonly foreign?: boolean;
  /** Objects of other makes than {@link FORMS}, which are only validated. */
  readonly extras?: readonly { readonly name: string; readonly bytes: ArrayBuffer }[];
}

/** A case with a mask. */
export type Masked = Case & Required<Pick<Case, 'labelmap'>>;

export const hasMask = (one: Case): one is Masked => one.labelmap !== undefined;

const DATA = path.resolve('../shared/data');
const SAMPLE = path.resolve('.data/sample');

/** The forms in which each mask is written. */
export const FORMS: readonly {
  readonly name: string;
  readonly options: Pick<LabelmapRequest, 'kind' | 'compression' | 'bits'>;
}[] = [
  { name: 'BINARY', options: { kind: 'BINARY' } },
  { name: 'LABELMAP RLE', options: { kind: 'LABELMAP', compression: 'rle' } },
  { name: 'LABELMAP 16', options: { kind: 'LABELMAP', bits: 16 } },
  { name: 'LABELMAP native', options: { kind: 'LABELMAP', compression: 'native' } },
];

/** A mask of a case as a SEG. */
export const segOf = (
  { labelmap, geometry, segments, sources }: Masked,
  options: (typeof FORMS)[number]['options'],
) =>
  writeSeg({
    labelmap,
    geometry,
    segments,
    sources,
    ...options,
    software: { name: 'ohif-vessels', version: '0.1.0' },
  });

/** A series as a viewer gets it: files in any order, decoded. */
function load(files: readonly ArrayBuffer[]) {
  const datasets = files.map((file) => decodePart10(file).dataset);
  const { geometry, order } = seriesGeometry(datasets);
  return { geometry, sources: order.map((place) => datasets[place]!) };
}

function wrapped(
  name: string,
  volume: Volume,
  attributes: ImageSeriesAttributes,
  segments: readonly SegmentDescription[],
  valueAt: (index: number) => number,
): Case {
  const images = writeImageSeries(volume, attributes);
  const labelmap = Uint8Array.from({ length: volume.data.length }, (_, i) => valueAt(i));
  return { name, images, ...load(images), labelmap, segments };
}

/** Small series of odd sizes, with three segments of which one is empty, and slices without voxels. */
function synthetic(): Case[] {
  const grids = {
    'oblique 7×9×6': gridOf([7, 9, 6], ORIENTATIONS.oblique),
    'sagittal 10×10×8': gridOf([10, 10, 8], ORIENTATIONS.sagittal),
    'axial 16×24×5': gridOf([16, 24, 5]),
  };
  return Object.entries(grids).map(([name, geometry]) => {
    const size = geometry.dims[0] * geometry.dims[1];
    const isEmpty = (k: number) => k === 0 || k === 3;
    return wrapped(
      name,
      numbered(geometry),
      { ...ATTRIBUTES, seed: name, patient: { name: 'Größe^Zoë', id: 'T2' } },
      [VESSELS, LEFT_ICA, ANEURYSM],
      (i) =>
        isEmpty(Math.floor(i / size))
          ? 0
          : ([1, 2][(Math.imul(i + 1, 0x9e3779b1) >>> 16) % 4] ?? 0),
    );
  });
}

/** A tilted series and its SEG, which lies on the slices as they are: highdicom has no volume for it. */
function tilted(): Case[] {
  const slices = seriesOn(gridOf([16, 24, 5])).map((slice, k) => {
    const [x, y, z] = slice.ImagePositionPatient as [number, number, number];
    return { ...slice, ImagePositionPatient: [x, y + 0.3 * k, z] };
  });
  const { resampling, order, note } = seriesResampling(slices);
  const { bytes } = writeSeg({
    kind: 'BINARY',
    labelmap: maskOf(resampling.slices.dims, [1]),
    geometry: resampling.slices,
    segments: [VESSELS],
    sources: order.map((place) => slices[place]!),
    resampled: note!,
    software: { name: 'ohif-vessels', version: '0.1.0' },
  });
  const { slices: geometry } = resampling;
  return [
    {
      name: 'tilted 16×24×5',
      images: slices.map((slice) => encodePart10(slice)),
      geometry,
      sources: slices,
      segments: [VESSELS],
      extras: [{ name: 'SEG on tilted slices', bytes }],
    },
  ];
}

/** The sample study as the set-up makes it, with the mask of its first SEG. */
function sample(): Case[] {
  if (!fs.existsSync(SAMPLE)) return [];
  const read = (prefix: string) =>
    fs
      .readdirSync(SAMPLE)
      .filter((name) => name.startsWith(prefix) && name.endsWith('.dcm'))
      .map((name) => new Uint8Array(fs.readFileSync(path.join(SAMPLE, name))).buffer);
  const [images, extras] = [read('image-'), read('seg-')];
  const { geometry, sources } = load(images);
  const { labelmap } = readSeg(extras[0]!, geometry);
  return [
    {
      name: 'sample study',
      images,
      geometry,
      sources,
      labelmap,
      segments: [VESSELS],
      extras: extras.map((bytes, i) => ({ name: `its SEG ${i + 1}`, bytes })),
    },
  ];
}

/** Real angiograms, where they are at hand. */
function real(): Case[] {
  const inside = {
    aorta: () => {
      const lumen = readMha(
        fs.readFileSync(path.join(DATA, 'angiograms/aorta-lumen-levelset.mha')),
      );
      return (i: number) => (lumen.data[i]! < 0 ? 1 : 0);
    },
    cowTof: ({ data }: Volume) => {
      const brightest = data.slice().sort()[Math.floor(0.98 * data.length)]!;
      return (i: number) => (data[i]! > brightest ? 1 : 0);
    },
    cowCta:
      ({ data }: Volume) =>
      (i: number) =>
        data[i]! > 250 ? 1 : 0,
  };
  if (!fs.existsSync(DATA)) {
    console.log('no ../shared/data beside the repository: real angiograms are left out');
    return [];
  }
  return (Object.keys(ANGIOGRAMS) as (keyof typeof ANGIOGRAMS)[]).map((name) => {
    const { volume, attributes } = angiogram(name);
    return wrapped(name, volume, attributes, [VESSELS], inside[name](volume));
  });
}

/** A series as it came from the scanner, thresholded. */
function scanned(): Case[] {
  if (!fs.existsSync(DATA)) return [];
  const images = dicomFiles('dicom/t1-gd');
  const { geometry, sources } = load(images);
  const pixels = new Map(
    images.map((file) => {
      const { dataset, pixelData } = decodePart10(file);
      return [dataset.SOPInstanceUID, new Uint16Array(pixelData![0]!)];
    }),
  );
  const labelmap = new Uint8Array(voxelCount(geometry));
  sources.forEach(({ SOPInstanceUID }, k) =>
    labelmap.set(
      pixels.get(SOPInstanceUID)!.map((value) => (value > 400 ? 1 : 0)),
      k * geometry.dims[0] * geometry.dims[1],
    ),
  );
  return [
    { name: 't1-gd', images, geometry, sources, labelmap, segments: [VESSELS], foreign: true },
  ];
}

/** All series of the run. */
export const cases = (): Case[] => [
  ...synthetic(),
  ...tilted(),
  ...sample(),
  ...real(),
  ...scanned(),
];
