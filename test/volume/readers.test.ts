import zlib from 'node:zlib';
import { expect, test } from '@jest/globals';
import { indexToWorld } from '@vessels/volume/geometry';
import { readNifti } from '@vessels/volume/nifti';
import { describeWithData, readData } from '../helpers/data';
import { readMha } from '../helpers/mha';
import { readTiffStack } from '../helpers/tiff';

/** A NIfTI-1 file of int16 voxels with an sform. */
function niftiFile(
  dims: readonly [number, number, number],
  values: readonly number[],
  sform: readonly (readonly [number, number, number, number])[],
  { slope = 0, intercept = 0, type = 4, little = true } = {},
): Uint8Array {
  const view = new DataView(new ArrayBuffer(352 + 2 * values.length));
  view.setInt32(0, 348, little);
  [3, ...dims, 1, 1, 1, 1].forEach((n, i) => view.setInt16(40 + 2 * i, n, little));
  view.setInt16(70, type, little);
  view.setInt16(72, 16, little);
  view.setFloat32(108, 352, little);
  view.setFloat32(112, slope, little);
  view.setFloat32(116, intercept, little);
  view.setUint8(123, 2);
  view.setInt16(254, 1, little);
  sform.flat().forEach((v, i) => view.setFloat32(280 + 4 * i, v, little));
  [0x6e, 0x2b, 0x31, 0].forEach((c, i) => view.setUint8(344 + i, c));
  values.forEach((v, i) => view.setInt16(352 + 2 * i, v, little));
  return new Uint8Array(view.buffer);
}

const RAS = [
  [2, 0, 0, 10],
  [0, 3, 0, 20],
  [0, 0, 4, 30],
] as const;

test('a NIfTI volume is turned from RAS to LPS', () => {
  const { data, geometry } = readNifti(niftiFile([3, 1, 2], [1, 2, 3, 4, 5, -6], RAS));
  expect([...data]).toEqual([1, 2, 3, 4, 5, -6]);
  expect(data).toBeInstanceOf(Int16Array);
  expect(geometry.dims).toEqual([3, 1, 2]);
  expect(geometry.spacing).toEqual([2, 3, 4]);
  expect(indexToWorld(geometry, [0, 0, 0])).toEqual([-10, -20, 30]);
  expect(indexToWorld(geometry, [1, 1, 1])).toEqual([-12, -23, 34]);
});

test('big-endian files are read', () => {
  const file = niftiFile([2, 1, 1], [258, -2], RAS, { little: false });
  expect([...readNifti(file).data]).toEqual([258, -2]);
  expect(readNifti(file).geometry.spacing).toEqual([2, 3, 4]);
});

test('gzip, slope and intercept are undone', () => {
  const file = niftiFile([2, 1, 1], [1, 2], RAS, { slope: 0.5, intercept: -1 });
  expect([...readNifti(zlib.gzipSync(file)).data]).toEqual([-0.5, 0]);
});

test.each([
  ['a foreign file', 'nifti.not-nifti', new Uint8Array(400)],
  ['a damaged gzip stream', 'nifti.not-nifti', zlib.gzipSync(new Uint8Array(400)).subarray(0, 20)],
  ['a file cut short', 'nifti.truncated', niftiFile([3, 1, 1], [1, 2], RAS)],
  ['complex voxels', 'nifti.data-type', niftiFile([1, 1, 1], [1], RAS, { type: 32 })],
  ['sheared axes', 'nifti.sheared', niftiFile([1, 1, 1], [1], [[2, 1, 0, 0], RAS[1], RAS[2]])],
  ['no orientation', 'nifti.sheared', niftiFile([1, 1, 1], [1], [[0, 0, 0, 0], RAS[1], RAS[2]])],
  ['an axis of length 0', 'volume.dims', niftiFile([0, 1, 1], [], RAS)],
])('%s is refused', (_, code, file) => {
  expect(() => readNifti(file)).toThrow(expect.objectContaining({ name: 'InputError', code }));
});

describeWithData('real files', () => {
  test('NIfTI: a CT stored as LPS keeps its axes', () => {
    const { data, geometry } = readNifti(readData('angiograms/aorta-cta/ct_cropped.nii.gz'));
    expect(geometry.dims).toEqual([120, 126, 164]);
    geometry.spacing.forEach((s) => expect(s).toBeCloseTo(1.5));
    geometry.direction.forEach((c, i) => expect(c).toBeCloseTo(i % 4 === 0 ? 1 : 0));
    expect(data).toHaveLength(120 * 126 * 164);
  });

  test('MetaImage: an oblique series has orthonormal axes', () => {
    const { data, geometry } = readMha(readData('angiograms/cow-tof-mra.mha'));
    expect(geometry.dims).toEqual([140, 123, 34]);
    expect(data).toHaveLength(140 * 123 * 34);
    const [x, y] = [geometry.direction.slice(0, 3), geometry.direction.slice(3, 6)];
    expect(Math.hypot(...x)).toBeCloseTo(1);
    expect(x[0] * y[0] + x[1] * y[1] + x[2] * y[2]).toBeCloseTo(0);
  });

  test('MetaImage: the level set of the aorta has 11,590 voxels inside', () => {
    const { data } = readMha(readData('angiograms/aorta-lumen-levelset.mha'));
    expect(Array.from(data).filter((v) => v < 0)).toHaveLength(11590);
  });

  test('TIFF: the OCTA labels have 166,410 voxels', () => {
    const { data, dims } = readTiffStack(readData('angiograms/octa-labels.tif'));
    expect(dims).toEqual([128, 128, 64]);
    expect(data.filter((v) => v > 0)).toHaveLength(166410);
  });

  test('TIFF with LZW: a two-photon stack', () => {
    const { data, dims } = readTiffStack(
      readData('angiograms/two-photon/poon2015_BBB_noLeakage-labels.tif'),
    );
    expect(data.length).toBe(dims[0] * dims[1] * dims[2]);
    expect(data.some((v) => v > 0)).toBe(true);
  });
});
