import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { TRANSFER_SYNTAX } from '@vessels/dicom/syntaxes';
import type { NaturalDataset, SegmentDescription } from '@vessels/dicom/types';
import type { Timed } from '../kernels/operation';
import { differences, readBytes, sourceOf, type Job, type Kind } from './job';

/** Where bench/dicom.ts installs them. */
export const FOLDER = path.resolve(import.meta.dirname, '../../.cache/bench/adapters');

const SOP_CLASS: Readonly<Record<Kind, string>> = Object.freeze({
  LABELMAP: '1.2.840.10008.5.1.4.1.1.66.7',
  BINARY: '1.2.840.10008.5.1.4.1.1.66.4',
});

/** What we call of the peers; they are not installed where types are checked. */
interface Metadata {
  get(type: string, imageId: string): unknown;
}
interface LabelmapImage {
  readonly voxelManager: { getScalarData(): Uint8Array };
}
interface Adapters {
  readonly adaptersSEG: {
    readonly Cornerstone3D: {
      readonly Segmentation: {
        generateSegmentation(...args: unknown[]): { dataset: NaturalDataset };
        createLabelmapsFromDICOMBuffer(
          imageIds: readonly string[],
          file: ArrayBuffer,
          metadata: Metadata,
          options: object,
        ): Promise<{ labelMapImages: LabelmapImage[][] }>;
      };
    };
  };
}
interface Core {
  readonly cache: { purgeCache(): void; setMaxCacheSize(bytes: number): void };
  readonly metaData: { addProvider(get: Metadata['get'], priority: number): void };
}
interface Dcmjs {
  readonly default: {
    readonly data: { datasetToDict(dataset: NaturalDataset): { write(): ArrayBuffer } };
    readonly log: { setLevel(level: string): void };
  };
}

const load = async <T>(file: string): Promise<T> =>
  (await import(pathToFileURL(path.join(FOLDER, 'node_modules', file)).href)) as T;

/** What the adapters ask of each image, from its data set. */
function metadataOf(instances: readonly NaturalDataset[]): Metadata {
  const byId = new Map(instances.map((instance, k) => [imageIdOf(k), instance]));
  const vector = (value: unknown) => [...(value as readonly number[])];
  const modules: Readonly<Record<string, (of: NaturalDataset) => unknown>> = {
    StudyData: (of) => of,
    SeriesData: (of) => of,
    ImageData: (of) => of,
    instance: (of) => of,
    imagePlaneModule: (of) => {
      const orientation = vector(of.ImageOrientationPatient);
      const [rowPixelSpacing, columnPixelSpacing] = vector(of.PixelSpacing);
      return {
        rows: of.Rows,
        columns: of.Columns,
        rowCosines: orientation.slice(0, 3),
        columnCosines: orientation.slice(3),
        imageOrientationPatient: orientation,
        imagePositionPatient: vector(of.ImagePositionPatient),
        pixelSpacing: [rowPixelSpacing, columnPixelSpacing],
        rowPixelSpacing,
        columnPixelSpacing,
        sliceThickness: of.SliceThickness,
        frameOfReferenceUID: of.FrameOfReferenceUID,
      };
    },
    imagePixelModule: (of) => ({
      rows: of.Rows,
      columns: of.Columns,
      bitsAllocated: 16,
      bitsStored: 16,
      highBit: 15,
      samplesPerPixel: 1,
      pixelRepresentation: of.PixelRepresentation,
      photometricInterpretation: of.PhotometricInterpretation,
    }),
    generalSeriesModule: (of) => ({
      seriesInstanceUID: of.SeriesInstanceUID,
      studyInstanceUID: of.StudyInstanceUID,
      modality: of.Modality,
    }),
    generalImageModule: (of) => ({ sopInstanceUID: of.SOPInstanceUID }),
    sopCommonModule: (of) => ({
      sopInstanceUID: of.SOPInstanceUID,
      sopClassUID: of.SOPClassUID,
    }),
  };
  return {
    get: (type, imageId) => {
      const instance = byId.get(imageId);
      return instance && modules[type]?.(instance);
    },
  };
}

const imageIdOf = (k: number) => `bench:${k}`;

/** Slices of a mask as OHIF hands them over. */
function slicesOf(labelmap: Uint8Array, [columns, rows, depth]: Job['dims']) {
  const size = columns * rows;
  return Array.from({ length: depth }, (_, k) => {
    const pixelData = labelmap.slice(k * size, (k + 1) * size);
    const segmentsOnLabelmap = [...new Set(pixelData)].filter((value) => value !== 0);
    return { segmentsOnLabelmap, pixelData, rows, columns };
  });
}

const describe = ({ number, label, category, type, algorithm }: SegmentDescription) => {
  const code = ({ value, scheme, meaning }: typeof type) => ({
    CodeValue: value,
    CodingSchemeDesignator: scheme,
    CodeMeaning: meaning,
  });
  return {
    SegmentNumber: String(number),
    SegmentLabel: label,
    SegmentAlgorithmType: 'AUTOMATIC',
    SegmentAlgorithmName: algorithm?.name,
    RecommendedDisplayCIELabValue: [32768, 32768, 32768],
    SegmentedPropertyCategoryCodeSequence: code(category),
    SegmentedPropertyTypeCodeSequence: code(type),
  };
};

/** The writer and reader of OHIF: adapters with dcmjs. What OHIF prepares for them is not timed. */
export async function start(job: Job): Promise<Timed> {
  const { adaptersSEG } = await load<Adapters>('@cornerstonejs/adapters/dist/esm/index.js');
  const { cache, metaData } = await load<Core>('@cornerstonejs/core/dist/esm/index.js');
  const { default: dcmjs } = await load<Dcmjs>('dcmjs/build/dcmjs.es.js');
  const { Segmentation } = adaptersSEG.Cornerstone3D;
  dcmjs.log.setLevel('silent');
  const { instances, segments } = sourceOf(job);
  const metadata = metadataOf(instances);
  metaData.addProvider((type, imageId) => metadata.get(type, imageId), 1e4);
  cache.setMaxCacheSize(8 * 2 ** 30);
  const labelmap = readBytes(job.labelmap);

  if (job.step === 'decode') {
    const file = readBytes(job.seg).buffer;
    const imageIds = instances.map((_, k) => imageIdOf(k));
    let images: LabelmapImage[] = [];
    return {
      async run() {
        images = [];
        cache.purgeCache();
        const found = await Segmentation.createLabelmapsFromDICOMBuffer(imageIds, file, metadata, {
          parserType: job.kind === 'LABELMAP' ? 'labelmap' : 'bitmap',
        });
        [images = []] = found.labelMapImages;
      },
      figures: () => {
        const slices = images.map(({ voxelManager }) => Buffer.from(voxelManager.getScalarData()));
        return [differences(Buffer.concat(slices), labelmap)];
      },
    };
  }
  const labelmaps2D = slicesOf(labelmap, job.dims);
  const described = [undefined, ...segments.map(describe)];
  const images = instances.map(({ PixelData }, k) => ({
    imageId: imageIdOf(k),
    voxelManager: { getScalarData: () => new Int16Array(PixelData as ArrayBuffer) },
  }));
  const options = {
    sopClassUID: SOP_CLASS[job.kind],
    transferSyntaxUID:
      job.kind === 'LABELMAP' ? TRANSFER_SYNTAX.rleLossless : TRANSFER_SYNTAX.explicitLittleEndian,
  };
  let bytes = new ArrayBuffer();
  return {
    run() {
      const { dataset } = Segmentation.generateSegmentation(
        images,
        { labelmaps2D, metadata: described },
        metadata,
        options,
      );
      bytes = dcmjs.data.datasetToDict(dataset).write();
    },
    figures: () => {
      fs.writeFileSync(job.seg, Buffer.from(bytes));
      return [bytes.byteLength];
    },
  };
}
