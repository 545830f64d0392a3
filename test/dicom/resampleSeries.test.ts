import { describe, expect, test } from '@jest/globals';
import { resampleSeries } from '@vessels/dicom/resampleSeries';
import { SeriesError } from '@vessels/dicom/seriesError';
import { seriesGeometry } from '@vessels/dicom/seriesGeometry';
import type { NaturalDataset } from '@vessels/dicom/types';
import { indexToWorld, type Vec3, worldToIndex } from '@vessels/volume/geometry';
import { gridOf, ORIENTATIONS, seriesOn } from '../helpers/dicomSeries';
import { refusal } from '../helpers/refusal';

const DIMS: Vec3 = [12, 10, 8];

/** Slices of an orientation, each moved along its row, its column and its normal by so many mm. */
function stackOf(
  orientation: readonly number[],
  moved: (k: number) => Vec3,
): { instances: NaturalDataset[]; worldOf: (i: number, j: number, k: number) => Vec3 } {
  const grid = gridOf(DIMS, orientation);
  const at = (k: number): Vec3 => {
    const [u, v, w] = moved(k);
    const [sx, sy, sz] = grid.spacing;
    return indexToWorld(grid, [u / sx, v / sy, k + w / sz]);
  };
  const instances = seriesOn(grid).map((dataset, k) => ({
    ...dataset,
    ImagePositionPatient: [...at(k)],
  }));
  const worldOf = (i: number, j: number, k: number) =>
    indexToWorld({ ...grid, origin: at(k) }, [i, j, 0]);
  return { instances, worldOf };
}

/** A brightness that grows evenly through space. */
const ramp = ([x, y, z]: Vec3) => 3 * x - 2 * y + 5 * z;

function valuesOf(worldOf: (i: number, j: number, k: number) => Vec3): Float32Array {
  const [nx, ny, nz] = DIMS;
  return Float32Array.from({ length: nx * ny * nz }, (_, v) =>
    ramp(worldOf(v % nx, Math.floor(v / nx) % ny, Math.floor(v / (nx * ny)))),
  );
}

const reversed = <T>(list: readonly T[]) => [...list].reverse();

describe.each(Object.entries(ORIENTATIONS))('%s', (_, orientation) => {
  const cases = {
    'tilted along rows': (k: number): Vec3 => [0.27 * k, 0, 0],
    'tilted the other way, along columns': (k: number): Vec3 => [0, -0.33 * k, 0],
    'at unequal distances': (k: number): Vec3 => [0, 0, k % 3 === 1 ? 0.3 : 0],
    both: (k: number): Vec3 => [0.2 * k, -0.1 * k, k % 3 === 1 ? 0.3 : 0],
  };
  test.each(Object.entries(cases))('%s: a ramp stays the same ramp in space', (_name, moved) => {
    const { instances, worldOf } = stackOf(orientation, moved);
    const refused = refusal(() => seriesGeometry(instances));
    expect(refused).toBeInstanceOf(SeriesError);
    expect((refused as SeriesError).resample).toBe(true);

    const values = valuesOf(worldOf);
    const { volume, note } = resampleSeries(instances, values);
    const { geometry, data } = volume;
    const lowest = Math.min(...values);
    const [nx, ny] = geometry.dims;
    let [inside, error] = [0, 0];
    data.forEach((value, v) => {
      const index: Vec3 = [v % nx, Math.floor(v / nx) % ny, Math.floor(v / (nx * ny))];
      if (value === Math.fround(lowest)) return;
      inside++;
      error = Math.max(error, Math.abs(value - ramp(indexToWorld(geometry, index))));
    });
    expect(error).toBeLessThan(0.01);
    // all but the rim of what was scanned
    expect(inside).toBeGreaterThan(0.7 * values.length);
    expect(geometry.spacing[2]).toBeCloseTo(1.25, 1);
    expect(note).toMatch(
      /^The series was resampled .* because its slices (are tilted|do not lie).*\.$/,
    );
  });
});

test('the grid holds every slice, and each pixel of it lies where it was', () => {
  const { instances, worldOf } = stackOf(ORIENTATIONS.axial, (k) => [-0.8 * k, 0.5 * k, 0]);
  const { volume } = resampleSeries(instances, valuesOf(worldOf));
  // 7 slices aside by 2 columns and 1 row each: whole pixels, so that nothing is blurred
  expect(volume.geometry.dims).toEqual([12 + 14, 10 + 7, 8]);
  const [nx, ny] = volume.geometry.dims;
  for (const [i, j, k] of [
    [0, 0, 0],
    [11, 9, 0],
    [0, 0, 7],
    [11, 9, 7],
    [5, 4, 3],
  ] as const) {
    const world = worldOf(i, j, k);
    const [x, y, z] = worldToIndex(volume.geometry, world).map(Math.round) as [
      number,
      number,
      number,
    ];
    expect(volume.data[x + nx * (y + ny * z)]).toBeCloseTo(ramp(world), 3);
  }
});

test('a regular series in any order comes back as it was, sorted, without a note', () => {
  const { instances, worldOf } = stackOf(ORIENTATIONS.oblique, () => [0, 0, 0]);
  const values = valuesOf(worldOf);
  const size = DIMS[0] * DIMS[1];
  const backwards = new Float32Array(
    reversed([...instances.keys()]).flatMap((k) => [...values.subarray(k * size, (k + 1) * size)]),
  );
  const { volume, note } = resampleSeries(reversed(instances), backwards);
  expect(note).toBeUndefined();
  expect(volume.data).toEqual(values);
  expect(volume.geometry).toEqual(seriesGeometry(instances).geometry);
});

test('whole values stay whole, and what was not scanned gets the lowest', () => {
  const { instances } = stackOf(ORIENTATIONS.axial, (k) => [0.6 * k, 0, 0]);
  const values = new Int16Array(DIMS[0] * DIMS[1] * DIMS[2]).fill(100);
  values[500] = -1000;
  const { data, geometry } = resampleSeries(instances, values).volume;
  expect(data).toBeInstanceOf(Int16Array);
  expect(data[geometry.dims[0] - 1]).toBe(-1000);
  expect(data[0]).toBe(100);
});

test('what resampling cannot mend is refused as before, also of a tilted series', () => {
  const { instances } = stackOf(ORIENTATIONS.axial, (k) => [0.6 * k, 0, 0]);
  const gap = instances.filter((_, k) => k !== 3);
  for (const work of [() => seriesGeometry(gap), () => resampleSeries(gap, new Uint8Array())]) {
    const error = refusal(work) as SeriesError;
    expect({ code: error.code, resample: error.resample, images: error.images }).toEqual({
      code: 'series.missing-slices',
      resample: false,
      images: ['image 3', 'image 5'],
    });
  }
  expect(refusal(() => resampleSeries(instances, new Uint8Array(7))).code).toBe('volume.length');
});
