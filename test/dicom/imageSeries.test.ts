import { describe, expect, test } from '@jest/globals';
import { imageSeriesDatasets, writeImageSeries } from '@vessels/dicom/imageSeries';
import { decodePart10 } from '@vessels/dicom/part10';
import { seriesGeometry } from '@vessels/dicom/seriesGeometry';
import { storedPixels } from '@vessels/dicom/storedPixels';
import { SOP_CLASS } from '@vessels/dicom/syntaxes';
import { sameGrid } from '@vessels/volume/geometry';
import type { Voxels } from '@vessels/volume/volume';
import { describeWithData } from '../helpers/data';
import {
  angiogram,
  ANGIOGRAMS,
  ATTRIBUTES,
  gridOf,
  numbered,
  ORIENTATIONS,
} from '../helpers/dicomSeries';

const slices = (files: readonly ArrayBuffer[]) => files.map((file) => decodePart10(file));

describe('stored pixels', () => {
  const stored = (values: Voxels, hasUnits = false) => {
    const { data, pixelRepresentation } = storedPixels(values, hasUnits);
    return { values: [...data], pixelRepresentation };
  };

  test.each<[string, Voxels, number]>([
    ['unsigned', Uint16Array.of(0, 40_000), 0],
    ['signed', Int16Array.of(-5, 300), 1],
    ['whole numbers in a float array', Float32Array.of(0, 3, 12), 0],
    ['32 bits that fit', Int32Array.of(-32_768, 32_767), 1],
  ])('%s: kept as they are', (_, values, pixelRepresentation) => {
    expect(stored(values)).toEqual({ values: [...values], pixelRepresentation });
  });

  test('fractions and numbers that are too large are scaled to 12 bits', () => {
    expect(stored(Float32Array.of(-0.5, 0, 0.5))).toEqual({
      values: [0, 2048, 4095],
      pixelRepresentation: 0,
    });
    expect(stored(Int32Array.of(0, 100_000)).values).toEqual([0, 4095]);
    expect(stored(Float32Array.of(0.5, 0.5)).values).toEqual([0, 0]);
  });

  test('Hounsfield units are rounded and clipped, never scaled', () => {
    expect(stored(Float32Array.of(-1000.4, 0.6, 99_999), true)).toEqual({
      values: [-1000, 1, 32_767],
      pixelRepresentation: 1,
    });
  });

  test('the window leaves out half a percent on each side', () => {
    const ramp = Int16Array.from({ length: 1001 }, (_, i) => i);
    expect(storedPixels(ramp, false).window).toEqual({ center: 500.5, width: 991 });
  });
});

test('each slice holds its own pixels, at its own place', () => {
  const geometry = gridOf([3, 2, 4], ORIENTATIONS.oblique);
  const files = slices(writeImageSeries(numbered(geometry), ATTRIBUTES));

  expect(files.map(({ pixelData }) => [...new Uint16Array(pixelData![0]!)])).toEqual([
    [0, 1, 2, 3, 4, 5],
    [6, 7, 8, 9, 10, 11],
    [12, 13, 14, 15, 16, 17],
    [18, 19, 20, 21, 22, 23],
  ]);
  expect(files.map(({ dataset }) => dataset.InstanceNumber)).toEqual([1, 2, 3, 4]);
  expect(files[0]!.dataset).toMatchObject({
    SOPClassUID: SOP_CLASS.mrImage,
    Rows: 2,
    Columns: 3,
    PixelSpacing: [0.5, 0.4],
    SliceThickness: 1.25,
    ImagePositionPatient: [-12.5, 33.25, 101.75],
    PatientName: [{ Alphabetic: 'Test^Vessels' }],
    StudyDate: '20260102',
    StudyTime: '030405',
    BodyPartExamined: 'HEAD',
  });
  expect(files[0]!.dataset).not.toHaveProperty('RescaleSlope');
});

test('CT says its Hounsfield scale', () => {
  const [first] = imageSeriesDatasets(numbered(gridOf([3, 2, 2])), {
    ...ATTRIBUTES,
    modality: 'CT',
  });
  expect(first).toMatchObject({
    SOPClassUID: SOP_CLASS.ctImage,
    Modality: 'CT',
    PixelRepresentation: 1,
    RescaleSlope: 1,
    RescaleIntercept: 0,
    RescaleType: 'HU',
  });
});

test('a seed fixes the files; without one the UIDs are new', () => {
  const volume = numbered(gridOf([3, 2, 2]));
  const write = (seed?: string) =>
    writeImageSeries(volume, { ...ATTRIBUTES, seed }).map((file) => Buffer.from(file));
  expect(write('a')).toEqual(write('a'));
  const uids = [write(), write(), write('a'), write('b')].flatMap((files) =>
    files.map((file) => decodePart10(new Uint8Array(file).buffer).dataset.SOPInstanceUID),
  );
  expect(new Set(uids).size).toBe(8);
});

test('elements of the caller win', () => {
  const [first] = imageSeriesDatasets(numbered(gridOf([3, 2, 2])), {
    ...ATTRIBUTES,
    elements: { StudyInstanceUID: '1.2.3', ContrastBolusAgent: 'Gd' },
  });
  expect(first).toMatchObject({ StudyInstanceUID: '1.2.3', ContrastBolusAgent: 'Gd' });
});

test('a volume of the wrong length is refused', () => {
  const geometry = gridOf([3, 2, 2]);
  expect(() => writeImageSeries({ data: new Int16Array(11), geometry }, ATTRIBUTES)).toThrow(
    /11 voxels/,
  );
});

describeWithData('real angiograms', () => {
  test.each(Object.keys(ANGIOGRAMS) as (keyof typeof ANGIOGRAMS)[])(
    '%s: grid and voxels survive, these to half a grey value',
    (name) => {
      const { volume, attributes } = angiogram(name);
      const files = slices(writeImageSeries(volume, attributes));
      const { geometry, order } = seriesGeometry(files.map(({ dataset }) => dataset));

      expect(sameGrid({ ...geometry, frameOfReferenceUID: undefined }, volume.geometry)).toBe(true);
      expect(order).toEqual([...files.keys()]);
      const voxels = Float32Array.from(volume.data);
      const [min, max] = voxels.reduce(
        ([a, b], v) => [Math.min(a!, v), Math.max(b!, v)],
        [1e9, -1e9],
      );
      const expected = (v: number) =>
        attributes.modality === 'CT' ? v : ((v - min!) * 4095) / (max! - min!);
      const size = geometry.dims[0] * geometry.dims[1];
      let error = 0;
      files.forEach(({ pixelData, dataset }, k) => {
        const Pixels = dataset.PixelRepresentation === 1 ? Int16Array : Uint16Array;
        const pixels = new Pixels(pixelData![0]!, 0, size);
        pixels.forEach((pixel, i) => {
          error = Math.max(error, Math.abs(pixel - expected(voxels[k * size + i]!)));
        });
      });
      expect(error).toBeLessThanOrEqual(0.5001);
    },
  );
});
