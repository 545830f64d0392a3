import { expect, test } from '@jest/globals';
import vtkXMLPolyDataReader from '@kitware/vtk.js/IO/XML/XMLPolyDataReader.js';
import { surfaceStl, surfaceVtp } from '@vessels/interchange/surfaceFiles';
import { type SurfaceMesh, surfaceOf } from '@vessels/volume/surface';
import { gridOf, ORIENTATIONS } from '../helpers/dicomSeries';
import { refusal } from '../helpers/refusal';
import { readVtpArray } from '../helpers/vtp';

const geometry = gridOf([9, 8, 7], ORIENTATIONS.oblique);

/** A tube with a hole beside it. */
const mask = Uint8Array.from({ length: 9 * 8 * 7 }, (_, v) => {
  const [i, j, k] = [v % 9, Math.floor(v / 9) % 8, Math.floor(v / 72)];
  return Number(i > 0 && i < 8 && j > 1 && j < 6 && k > 1 && k < 5 && !(i === 4 && k === 3));
});
const mesh = surfaceOf({ data: mask, geometry });

const corner = ({ points, triangles }: SurfaceMesh, t: number, c: number) =>
  [0, 1, 2].map((axis) => points[3 * triangles[3 * t + c]! + axis]!);

test('STL: a header, the number of triangles, and each with its corners and its normal outwards', () => {
  const file = surfaceStl(mesh);
  const count = mesh.triangles.length / 3;
  expect(file.length).toBe(84 + 50 * count);
  const view = new DataView(file.buffer);
  expect(view.getUint32(80, true)).toBe(count);
  let volume = 0;
  for (let t = 0; t < count; t++) {
    const at = (n: number) => view.getFloat32(84 + 50 * t + 4 * n, true);
    const [a, b, c] = [0, 1, 2].map((n) => [at(3 + 3 * n), at(4 + 3 * n), at(5 + 3 * n)]);
    [a!, b!, c!].forEach((point, n) =>
      point.forEach((value, axis) => expect(value).toBeCloseTo(corner(mesh, t, n)[axis]!, 2)),
    );
    const [u, v] = [b!, c!].map((p) => p.map((value, axis) => value - a![axis]!));
    const normal = [0, 1, 2].map(
      (i) => u![(i + 1) % 3]! * v![(i + 2) % 3]! - u![(i + 2) % 3]! * v![(i + 1) % 3]!,
    );
    const length = Math.hypot(...normal);
    if (length > 1e-3)
      normal.forEach((value, axis) => expect(value / length).toBeCloseTo(at(axis), 1));
    volume += normal.reduce((sum, value, axis) => sum + (value * a![axis]!) / 6, 0);
  }
  // closed and turned outwards: its volume is near that of the voxels
  const voxels = mask.reduce((sum, value) => sum + value, 0) * 0.4 * 0.5 * 1.25;
  expect(volume).toBeGreaterThan(0.6 * voxels);
  expect(volume).toBeLessThan(1.25 * voxels);
});

test('VTP: points, triangles and normals are read as they were', () => {
  const text = surfaceVtp(mesh);
  const file = Buffer.from(text);
  expect(new Float32Array(readVtpArray(file, 'Normals'))).toEqual(mesh.normals);
  const reader = vtkXMLPolyDataReader.newInstance();
  reader.parseAsArrayBuffer(new Uint8Array(file).buffer);
  const polyData = reader.getOutputData(0);
  expect(new Float32Array(polyData.getPoints().getData())).toEqual(mesh.points);
  const cells = [...polyData.getPolys().getData()];
  expect(cells).toEqual(
    Array.from({ length: mesh.triangles.length / 3 }, (_, t) => [
      3,
      ...mesh.triangles.subarray(3 * t, 3 * t + 3),
    ]).flat(),
  );
});

test('a mask without vessels has no surface to save', () => {
  const none = surfaceOf({ data: new Uint8Array(mask.length), geometry });
  for (const write of [surfaceStl, surfaceVtp])
    expect(refusal(() => write(none)).code).toBe('surface.empty');
});
