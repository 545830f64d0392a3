import { describe, expect, test } from '@jest/globals';
import { imageFrames } from '@vessels/dicom/multiframe';
import { decodePart10, encodePart10 } from '@vessels/dicom/part10';
import type { SeriesError } from '@vessels/dicom/seriesError';
import { seriesGeometry } from '@vessels/dicom/seriesGeometry';
import type { NaturalDataset } from '@vessels/dicom/types';
import { InputError } from '@vessels/volume/errors';
import { indexToWorld } from '@vessels/volume/geometry';
import { describeWithData } from '../helpers/data';
import { dicomFile, dicomFiles, gridOf, ORIENTATIONS, seriesOn } from '../helpers/dicomSeries';

const grid = gridOf([7, 9, 6]);
const series = seriesOn(grid);

/** The series with elements of one image, or of all, replaced. */
const with1 = (k: number, elements: NaturalDataset) =>
  series.map((dataset, i) => (i === k ? { ...dataset, ...elements } : dataset));
const withAll = (elements: (k: number) => NaturalDataset) =>
  series.map((dataset, k) => ({ ...dataset, ...elements(k) }));

const ORDERS = {
  ascending: [0, 1, 2, 3, 4, 5],
  descending: [5, 4, 3, 2, 1, 0],
  shuffled: [3, 0, 5, 1, 4, 2],
};

describe.each(Object.entries(ORIENTATIONS))('%s slices', (_, orientation) => {
  test.each(Object.entries(ORDERS))('%s: every slice is where it was', (_name, order) => {
    const geometry = gridOf([7, 9, 6], orientation);
    const files = seriesOn(geometry);
    const found = seriesGeometry(order.map((k) => files[k]!));

    expect(found.order.map((place) => order[place])).toEqual([0, 1, 2, 3, 4, 5]);
    expect(found.geometry.dims).toEqual([7, 9, 6]);
    expect(found.geometry.frameOfReferenceUID).toBe('1.2.826.0.1.1');
    const [corner, expected] = [found.geometry, geometry].map((g) => indexToWorld(g, [6, 8, 5]));
    corner!.forEach((value, axis) => expect(value).toBeCloseTo(expected![axis]!, 9));
  });
});

test('values may be strings, as some servers send them', () => {
  const strings = withAll((k) => ({
    PixelSpacing: '0.5\\0.4',
    ImagePositionPatient: ['-12.5', '33.25', String(101.75 + 1.25 * k)],
    Rows: '9',
  }));
  expect(seriesGeometry(strings).geometry).toEqual(seriesGeometry(series).geometry);
});

test('files decode to the same geometry', () => {
  const files = series.map((dataset) => decodePart10(encodePart10(dataset)).dataset);
  expect(seriesGeometry(files)).toEqual(seriesGeometry(series));
});

const at = (k: number, x: number, height: number) => ({
  ImagePositionPatient: [-12.5 + x, 33.25, 101.75 + height],
  InstanceNumber: k + 1,
});

const REFUSED: readonly [code: string, series: readonly NaturalDataset[], says: RegExp][] = [
  ['series.empty', [], /no images/],
  ['series.single-slice', series.slice(0, 1), /single slice/],
  ['series.multiframe', [{ ...series[0], NumberOfFrames: '96' }], /\(0028,0008\)/],
  ['series.localizer', with1(2, { ImageType: ['ORIGINAL', 'PRIMARY', 'LOCALIZER'] }), /0008,0008/],
  ['series.color', with1(2, { SamplesPerPixel: 3 }), /\(0028,0002\)/],
  ['series.missing-tag', with1(3, { ImagePositionPatient: undefined }), /0020,0032\) of image 4/],
  ['series.missing-tag', with1(0, { PixelSpacing: ['0.5', 'wide'] }), /\(0028,0030\) of image 1/],
  ['series.missing-tag', with1(5, { FrameOfReferenceUID: '' }), /\(0020,0052\) of image 6/],
  ['series.frame-of-reference', with1(1, { FrameOfReferenceUID: '1.2.9' }), /\(0020,0052\)/],
  ['series.mixed-matrix', with1(1, { Columns: 8 }), /image 1 and image 2 .*\(0028,0011\)/],
  [
    'series.mixed-orientations',
    with1(4, { ImageOrientationPatient: [...ORIENTATIONS.coronal] }),
    /image 1 and image 5 .*\(0020,0037\)/,
  ],
  ['series.mixed-pixel-spacing', with1(4, { PixelSpacing: [0.5, 0.41] }), /\(0028,0030\)/],
  [
    'series.mixed-sign',
    with1(2, { PixelRepresentation: 1 }),
    /image 1 and image 3 .*\(0028,0103\)/,
  ],
  [
    'series.rescale',
    with1(2, { RescaleSlope: 0, RescaleIntercept: 0 }),
    /\(0028,1053\) of image 3/,
  ],
  ['series.rescale', with1(2, { RescaleSlope: 2 }), /\(0028,1052\) of image 3 is missing/],
  [
    'series.mixed-rescale',
    with1(4, { RescaleSlope: 2, RescaleIntercept: -7 }),
    /image 1 and image 5 .*\(0028,1053\) and .*\(0028,1052\)/,
  ],
  ['series.pixel-spacing', withAll(() => ({ PixelSpacing: [0, 0] })), /\(0028,0030\)/],
  [
    'series.not-orthonormal',
    withAll(() => ({ ImageOrientationPatient: [1, 0, 0, 0.1, 0.995, 0] })),
    /\(0020,0037\)/,
  ],
  ['series.gantry-tilt', withAll((k) => at(k, 0.3 * k, 1.25 * k)), /aside \(13\.5°\).*0020,0032/],
  ['series.duplicate-positions', [...series, ...series], /\(0020,0032\).*one image per position/],
  [
    'series.missing-slices',
    series.filter((_, k) => k !== 2 && k !== 3),
    /image 2 and image 5 lie 3\.75 mm apart where 1\.25 mm.*2 slices are missing/,
  ],
  [
    'series.irregular-spacing',
    withAll((k) => at(k, 0, 1.25 * k + (k > 3 ? 0.4 : 0))),
    /image 4 and image 5 lie 1\.65 mm apart where 1\.25 mm/,
  ],
];

test.each(REFUSED)('%s is refused in one sentence', (code, instances, says) => {
  let refusal: unknown;
  try {
    seriesGeometry(instances);
  } catch (error) {
    refusal = error;
  }
  expect(refusal).toBeInstanceOf(InputError);
  const { code: found, message } = refusal as InputError;
  expect({ found, message }).toEqual({ found: code, message: expect.stringMatching(says) });
  expect(message).toMatch(/^[^\n]+\.$/);
  expect(message).not.toMatch(/Test\^Vessels|T1/);
  if (instances.length < 2 && code !== 'series.multiframe') return;
  const { tag, images, resample } = refusal as SeriesError;
  expect(message).toContain(tag.slice(1, -1));
  expect(images.length).toBeGreaterThan(0);
  for (const image of images) expect(message).toContain(image);
  expect(resample).toBe(['series.gantry-tilt', 'series.irregular-spacing'].includes(code));
});

test('each slice may have a slope and an intercept of its own', () => {
  const own = withAll((k) => ({ RescaleSlope: 1 + k / 10, RescaleIntercept: '-5' }));
  expect(seriesGeometry(own)).toEqual(seriesGeometry(series));
});

test('frames of an enhanced image are slices, whatever their order', () => {
  const frames = series.map(({ ImagePositionPatient }) => ({
    PlanePositionSequence: [{ ImagePositionPatient }],
  }));
  const { ImageOrientationPatient, PixelSpacing, ImagePositionPatient: _, ...common } = series[0]!;
  const multiframe = {
    ...common,
    NumberOfFrames: 6,
    SharedFunctionalGroupsSequence: [
      {
        PixelMeasuresSequence: [{ PixelSpacing }],
        PlaneOrientationSequence: [{ ImageOrientationPatient }],
      },
    ],
    PerFrameFunctionalGroupsSequence: ORDERS.shuffled.map((k) => frames[k]),
  };
  const { geometry, order } = seriesGeometry(imageFrames([multiframe]));
  expect(geometry).toEqual(seriesGeometry(series).geometry);
  expect(order.map((place) => ORDERS.shuffled[place])).toEqual([0, 1, 2, 3, 4, 5]);
});

test('values rounded by a scanner are no tilt, no mixed orientation, no irregular spacing', () => {
  const rounded = withAll((k) => ({
    ImagePositionPatient: [-12.5 + 0.0004 * k, 33.25, Number((101.75 + 1.2537 * k).toFixed(2))],
    ImageOrientationPatient: [1, k % 2 ? 0.0004 : 0, 0, 0, 1, 0],
  }));
  expect(seriesGeometry(rounded).geometry.spacing[2]).toBeCloseTo(1.254, 2);
});

describeWithData('real series', () => {
  const load = (folder: string) => dicomFiles(folder).map((file) => decodePart10(file).dataset);

  test('contrast-enhanced T1: 120 slices', () => {
    const { geometry, order } = seriesGeometry(load('dicom/t1-gd'));
    expect(geometry.dims).toEqual([512, 512, 120]);
    expect(geometry.spacing.map((mm) => Number(mm.toFixed(2)))).toEqual([0.41, 0.41, 1.5]);
    expect(new Set(order).size).toBe(120);
  });

  test.each([
    ['pydicom/eCT_Supplemental.dcm', [512, 512, 2], 10],
    ['dcmqi/24x38x3/multiframe/mf.dcm', [24, 38, 3], 2.5],
  ])('an enhanced CT: %s', (name, dims, step) => {
    const { dataset } = decodePart10(dicomFile(`seg/${name}`));
    const { geometry } = seriesGeometry(imageFrames([dataset]));
    expect(geometry.dims).toEqual(dims);
    expect(geometry.spacing[2]).toBeCloseTo(step, 6);
  });

  test.each(['dicom/xa-multiframe/HasFragmentSequence.dcm', 'seg/pydicom/emri_small.dcm'])(
    'frames without a place are refused: %s',
    (name) => {
      const frames = imageFrames([decodePart10(dicomFile(name)).dataset]);
      expect(() => seriesGeometry(frames)).toThrow(
        /multi-frame image that does not say where each frame lies, by .*\(0028,0008\)/,
      );
    },
  );
});
