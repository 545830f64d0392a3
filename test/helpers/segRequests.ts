import type { LabelmapRequest, SegRequest } from '@vessels/dicom/seg';
import type { Geometry, Vec3 } from '@vessels/volume/geometry';
import { gridOf, seriesOn } from './dicomSeries';
import { VESSELS } from './segments';

/** A number that seems random, the same for each voxel everywhere. */
export const scattered = (i: number): number => Math.imul(i + 1, 0x9e3779b1) >>> 16;

/** A mask in which slices 0 and 2 are empty and no two slices are alike. */
export function maskOf([nx, ny, nz]: Vec3, values: readonly number[]): Uint8Array {
  return Uint8Array.from({ length: nx * ny * nz }, (_, i) => {
    const k = Math.floor(i / (nx * ny));
    return k === 0 || k === 2 ? 0 : (values[scattered(i) % (values.length + 2)] ?? 0);
  });
}

/** What every test's SEG says. */
export const commonOn = (geometry: Geometry) => ({
  geometry,
  segments: [VESSELS],
  sources: seriesOn(geometry),
  software: { name: 'ohif-vessels', version: '0.1.0' },
  now: new Date(2026, 5, 7, 8, 9, 10),
});

/** A mask of one segment as a LABELMAP, with changes. */
export function requestOn(dims: Vec3, changes: Partial<LabelmapRequest> = {}): LabelmapRequest {
  return {
    ...commonOn(changes.geometry ?? gridOf(dims)),
    labelmap: maskOf(dims, [1]),
    kind: 'LABELMAP',
    ...changes,
  };
}

/** Each segment of a labelmap as a mask of its own. */
export const masksOf = (
  labelmap: ArrayLike<number>,
  segments: SegRequest['segments'],
): Uint8Array[] =>
  segments.map(({ number }) => {
    const mask = new Uint8Array(labelmap.length);
    for (let i = 0; i < mask.length; i++) if (labelmap[i] === number) mask[i] = 1;
    return mask;
  });
