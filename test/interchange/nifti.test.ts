import { describe, expect, test } from '@jest/globals';
import { gunzipSync } from 'fflate';
import { readLabelmap } from '@vessels/interchange/readLabelmap';
import { writeNifti } from '@vessels/interchange/writeNifti';
import { type Geometry, indexToWorld, sameGrid, type Vec3 } from '@vessels/volume/geometry';
import { readNifti } from '@vessels/volume/nifti';
import { gridOf, ORIENTATIONS } from '../helpers/dicomSeries';
import { refusal } from '../helpers/refusal';

const DIMS: Vec3 = [5, 4, 3];
const numbers = Uint8Array.from({ length: 60 }, (_, i) => i % 7);

/** Left-handed, as a stack that is stored the other way round. */
const mirrored = (geometry: Geometry): Geometry => ({
  ...geometry,
  direction: geometry.direction.map((c, i) => (i > 5 ? -c : c)),
});

const GRIDS: readonly (readonly [string, Geometry])[] = Object.entries(ORIENTATIONS).flatMap(
  ([name, orientation]) => {
    const grid = gridOf(DIMS, orientation);
    return [
      [name, grid],
      [`${name}, left-handed`, mirrored(grid)],
    ] as const;
  },
);

/** The affine of the qform, as nifti1.h computes it: the other way to say the same. */
function qform(file: Uint8Array): number[][] {
  const view = new DataView(gunzipSync(file).buffer);
  const at = (offset: number) => view.getFloat32(offset, true);
  const [b, c, d] = [at(256), at(260), at(264)];
  const a = Math.sqrt(Math.max(0, 1 - b * b - c * c - d * d));
  const scale = [at(80), at(84), at(88) * at(76)];
  const rotation = [
    [a * a + b * b - c * c - d * d, 2 * (b * c - a * d), 2 * (b * d + a * c)],
    [2 * (b * c + a * d), a * a + c * c - b * b - d * d, 2 * (c * d - a * b)],
    [2 * (b * d - a * c), 2 * (c * d + a * b), a * a + d * d - b * b - c * c],
  ];
  return rotation.map((row, i) => [...row.map((v, j) => v * scale[j]!), at(268 + 4 * i)]);
}

function sform(file: Uint8Array): number[][] {
  const view = new DataView(gunzipSync(file).buffer);
  return [0, 1, 2].map((row) =>
    [0, 1, 2, 3].map((column) => view.getFloat32(280 + 16 * row + 4 * column, true)),
  );
}

describe.each(GRIDS)('%s', (_, geometry) => {
  const file = writeNifti({ data: numbers, geometry });

  test('what is written is read: voxels, place and labels', () => {
    const found = readLabelmap(file, geometry);
    expect(found).toEqual({ data: numbers, geometry, labels: [1, 2, 3, 4, 5, 6] });
    const volume = readNifti(file);
    expect(volume.data).toEqual(numbers);
    expect(sameGrid(volume.geometry, { ...geometry, frameOfReferenceUID: undefined })).toBe(true);
  });

  test('both transforms say the same: x and y of LPS the other way round', () => {
    const [q, s] = [qform(file), sform(file)];
    q.forEach((row, i) => row.forEach((value, j) => expect(value).toBeCloseTo(s[i]![j]!, 3)));
    const [x, y, z] = indexToWorld(geometry, [4, 3, 2]);
    const ras = s.map((row) => row[0]! * 4 + row[1]! * 3 + row[2]! * 2 + row[3]!);
    [-x, -y, z].forEach((value, i) => expect(ras[i]).toBeCloseTo(value, 3));
  });
});

test('16-bit labels', () => {
  const geometry = gridOf([2, 1, 1]);
  const data = Uint16Array.of(300, 65535);
  expect(readLabelmap(writeNifti({ data, geometry }), geometry)).toEqual({
    data,
    geometry,
    labels: [300, 65535],
  });
});

test('a file whose axes are flipped and swapped comes out right', () => {
  const geometry = gridOf(DIMS);
  const [x, y, z] = [0, 3, 6].map((at) => geometry.direction.slice(at, at + 3));
  const [nx, ny, nz] = DIMS;
  const turned: Geometry = {
    dims: [nz, nx, ny],
    spacing: [geometry.spacing[2], geometry.spacing[0], geometry.spacing[1]],
    origin: indexToWorld(geometry, [nx - 1, 0, nz - 1]),
    direction: [...z!.map((c) => -c), ...x!.map((c) => -c), ...y!],
  };
  const data = new Uint8Array(60);
  for (let k = 0; k < nz; k++)
    for (let j = 0; j < ny; j++)
      for (let i = 0; i < nx; i++)
        data[nz - 1 - k + nz * (nx - 1 - i + nx * j)] = numbers[i + nx * (j + ny * k)]!;
  expect(readLabelmap(writeNifti({ data, geometry: turned }), geometry)).toEqual({
    data: numbers,
    geometry,
    labels: [1, 2, 3, 4, 5, 6],
  });
});

test('another grid: the nearest label, beyond the file background, with a note', () => {
  const geometry = gridOf([4, 1, 1]);
  const fine = { ...geometry, dims: [6, 1, 1] as const, spacing: [0.2, 0.5, 1.25] as const };
  const file = writeNifti({ data: Uint8Array.of(1, 0, 2, 0, 3, 0), geometry: fine });
  const { data, note } = readLabelmap(file, geometry);
  expect([...data]).toEqual([1, 2, 3, 0]);
  expect(note).toMatch(/another grid .*nearest\.$/);
});

test('what is no labelmap, or lies elsewhere, is refused', () => {
  const geometry = gridOf(DIMS);
  const file = gunzipSync(writeNifti({ data: numbers, geometry }));
  const halves = file.slice();
  new DataView(halves.buffer).setFloat32(112, 0.5, true);
  expect(refusal(() => readLabelmap(halves, geometry)).code).toBe('nifti.labels');
  const far = { ...geometry, origin: [500, 0, 0] as const };
  expect(refusal(() => readLabelmap(file, far)).code).toBe('nifti.outside');
  const short = () => writeNifti({ data: numbers.subarray(1), geometry });
  expect(refusal(short).code).toBe('volume.length');
  const long = { ...geometry, dims: [40000, 1, 1] as const };
  const wide = () => writeNifti({ data: new Uint8Array(40000), geometry: long });
  expect(refusal(wide).code).toBe('nifti.too-large');
});
