import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodePart10, encodePart10 } from '@vessels/dicom/part10';
import {
  openSeg,
  placeSeg,
  readSeg,
  segGeometry,
  writeSeg,
  type SegRequest,
} from '@vessels/dicom/seg';
import type { NaturalDataset } from '@vessels/dicom/types';
import { itemsOf } from '@vessels/dicom/values';
import { type Geometry, indexToWorld, voxelCount, worldToIndex } from '@vessels/volume/geometry';
import { gridOf, ORIENTATIONS, seriesOn } from '../../helpers/dicomSeries';
import { refusal } from '../../helpers/refusal';
import { commonOn, requestOn, scattered } from '../../helpers/segRequests';

/** An axial grid with its first voxel at `start`. */
const axial = (
  dims: Geometry['dims'],
  spacing: Geometry['spacing'],
  start: Geometry['origin'],
): Geometry => ({ ...gridOf(dims), spacing, origin: start });

const noise = (geometry: Geometry, share = 3) =>
  Uint8Array.from({ length: voxelCount(geometry) }, (_, i) => (scattered(i) % share === 0 ? 1 : 0));

const segOf = (geometry: Geometry, labelmap = noise(geometry)) =>
  writeSeg({ ...commonOn(geometry), kind: 'BINARY', labelmap }).bytes;

/** A SEG of ours, its data set changed. */
function changed(request: SegRequest, change: (dataset: NaturalDataset) => NaturalDataset) {
  const { dataset, pixelData } = decodePart10(writeSeg(request).bytes);
  return encodePart10({ ...dataset, PixelData: pixelData![0], ...change(dataset) });
}

/** The nearest voxel of one grid for each voxel of another, found one by one; −1 halfway between two. */
function nearest(mask: Uint8Array, from: Geometry, onto: Geometry): Int8Array {
  const [nx, ny, nz] = onto.dims;
  const [mx, my, mz] = from.dims;
  return Int8Array.from({ length: nx * ny * nz }, (_, n) => {
    const voxel = [n % nx, Math.floor(n / nx) % ny, Math.floor(n / (nx * ny))] as const;
    const place = worldToIndex(from, indexToWorld(onto, voxel));
    if (place.some((value) => Math.abs(value - Math.floor(value) - 0.5) < 1e-5)) return -1;
    const [i, j, k] = place.map(Math.round) as [number, number, number];
    const isIn = i >= 0 && j >= 0 && k >= 0 && i < mx && j < my && k < mz;
    return isIn ? mask[i + mx * (j + my * k)]! : 0;
  });
}

describe('a SEG of another grid is resampled to the nearest voxel, with a note', () => {
  test('coarser: each of its voxels becomes eight', () => {
    const coarse = axial([2, 3, 2], [2, 2, 2], [0.5, 0.5, 0.5]);
    const fine = axial([4, 6, 4], [1, 1, 1], [0, 0, 0]);
    const mask = Uint8Array.of(1, 0, 0, 0, 1, 1, /**/ 0, 0, 0, 1, 0, 0);
    const { labelmap, notes } = readSeg(segOf(coarse, mask), fine);
    const half = (value: number) => Math.floor(value / 2);
    const expected = Uint8Array.from({ length: 96 }, (_, n) => {
      const [i, j, k] = [half(n % 4), half(Math.floor(n / 4) % 6), half(Math.floor(n / 24))];
      return mask[i + 2 * (j + 3 * k)]!;
    });
    expect([...labelmap]).toEqual([...expected]);
    expect(notes).toEqual([
      'The SEG lies on another grid than the series (2 × 3 pixels, 2 × 2 × 2 mm; the series 4 × 6, 1 × 1 × 1 mm) and was resampled onto it.',
    ]);
  });

  test('finer: the voxel at the centre counts', () => {
    const coarse = axial([3, 3, 3], [3, 3, 3], [1, 1, 1]);
    const fine = axial([9, 9, 9], [1, 1, 1], [0, 0, 0]);
    const mask = noise(fine);
    const expected = Uint8Array.from({ length: 27 }, (_, n) => {
      const [i, j, k] = [n % 3, Math.floor(n / 3) % 3, Math.floor(n / 9)];
      return mask[1 + 3 * i + 9 * (1 + 3 * j) + 81 * (1 + 3 * k)]!;
    });
    expect([...readSeg(segOf(fine, mask), coarse).labelmap]).toEqual([...expected]);
  });

  test('a part of it: what lies outside is left out', () => {
    const whole = axial([8, 7, 6], [1, 1, 1], [0, 0, 0]);
    const part = axial([4, 3, 2], [1, 1, 1], [3, 2, 1]);
    const mask = noise(whole);
    const { labelmap, notes } = readSeg(segOf(whole, mask), part);
    const expected = Uint8Array.from({ length: 24 }, (_, n) => {
      const [i, j, k] = [n % 4, Math.floor(n / 4) % 3, Math.floor(n / 12)];
      return mask[i + 3 + 8 * (j + 2 + 7 * (k + 1))]!;
    });
    expect([...labelmap]).toEqual([...expected]);
    expect(notes[1]).toMatch(/^4 frames .* left out\.$/);
  });

  test.each(['sagittal', 'coronal'] as const)('%s on an axial series: voxel by voxel', (name) => {
    const turned = { ...gridOf([6, 5, 4], ORIENTATIONS[name]), spacing: [1, 1, 1] as const };
    // the axial grid of the same cube, from its lowest corner on
    const corners = [indexToWorld(turned, [0, 0, 0]), indexToWorld(turned, [5, 4, 3])] as const;
    const low = [0, 1, 2].map((a) => Math.min(corners[0][a]!, corners[1][a]!));
    const high = [0, 1, 2].map((a) => Math.max(corners[0][a]!, corners[1][a]!));
    const dims = [0, 1, 2].map((a) => Math.round(high[a]! - low[a]!) + 1);
    const straight = axial(
      dims as unknown as Geometry['dims'],
      [1, 1, 1],
      low as unknown as Geometry['origin'],
    );
    const mask = noise(turned);
    const { labelmap } = readSeg(segOf(turned, mask), straight);
    expect(labelmap.reduce((a, b) => a + b)).toBe(mask.reduce((a, b) => a + b));
    expect([...labelmap]).toEqual([...nearest(mask, turned, straight)]);
  });

  test('any grid on any other: as one by one', () => {
    const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
    const grids = fc.record({
      dims: fc.tuple(
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 2, max: 7 }),
      ),
      spacing: fc.tuple(number(0.3, 2), number(0.3, 2), number(0.5, 3)),
      origin: fc.tuple(number(-3, 3), number(-3, 3), number(-3, 3)),
      orientation: fc.constantFrom(...Object.values(ORIENTATIONS)),
    });
    fc.assert(
      fc.property(grids, grids, (a, b) => {
        const gridIn = ({ orientation, ...rest }: typeof a): Geometry => ({
          ...gridOf(rest.dims, orientation),
          ...rest,
        });
        const [from, onto] = [gridIn(a), gridIn(b)];
        // no slice is left out, so that its neighbours cannot reach for its place
        const mask = noise(from, 2).map((value, i) => (i % (a.dims[0] * a.dims[1]) ? value : 1));
        const bytes = segOf(from, mask);
        // as the file has it: decimals of 16 characters
        const expected = nearest(mask, segGeometry(openSeg(bytes)), onto);
        if (!expected.includes(1)) return;
        const { labelmap } = readSeg(bytes, onto);
        expect([...labelmap].map((value, n) => (expected[n]! < 0 ? -1 : value))).toEqual([
          ...expected,
        ]);
      }),
      { numRuns: 60 },
    );
  });

  test('slices that were left out stay empty', () => {
    const from = axial([3, 3, 7], [1, 1, 2], [0, 0, 0]);
    const onto = axial([3, 3, 13], [1, 1, 1], [0, 0, 0]);
    const mask = new Uint8Array(63).fill(1, 9, 18).fill(1, 45, 54);
    const { labelmap } = readSeg(segOf(from, mask), onto);
    const inSlice = Array.from({ length: 13 }, (_, k) => labelmap[9 * k]);
    // slices 1 and 5 lie at 2 and 10 mm and reach 1 mm each way
    expect(inSlice).toEqual([0, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0]);
  });

  test('frames that are shifted against each other each lie where they say', () => {
    const grid = axial([4, 4, 3], [1, 1, 1], [0, 0, 0]);
    const mask = new Uint8Array(48).fill(1, 0, 1).fill(1, 16, 17).fill(1, 32, 33);
    const bytes = changed({ ...commonOn(grid), kind: 'BINARY', labelmap: mask }, (dataset) => ({
      PerFrameFunctionalGroupsSequence: itemsOf(dataset, 'PerFrameFunctionalGroupsSequence').map(
        (frame, f) => ({
          ...frame,
          PlanePositionSequence: [{ ImagePositionPatient: [f, 2 * f * 0.5, f] }],
        }),
      ),
    }));
    const { labelmap } = readSeg(bytes, grid);
    expect([...labelmap.keys()].filter((i) => labelmap[i])).toEqual([0, 16 + 5, 32 + 10]);
    expect(() => segGeometry(openSeg(bytes))).toThrow(/no regular stack .*\(0020,0032\)/);
  });

  test('of several segments, each is', () => {
    const coarse = axial([2, 2, 2], [2, 2, 2], [0.5, 0.5, 0.5]);
    const fine = axial([4, 4, 4], [1, 1, 1], [0, 0, 0]);
    const { segments, ...common } = commonOn(coarse);
    const masks = [noise(coarse, 2), noise(coarse, 2).map((value) => 1 - value)];
    const { bytes } = writeSeg({
      ...common,
      kind: 'BINARY',
      segments: [segments[0]!, { ...segments[0]!, number: 2 }],
      masks,
    });
    const placed = placeSeg(openSeg(bytes), { geometry: fine });
    [1, 2].forEach((number, s) =>
      expect([...placed.mask(number)]).toEqual([...nearest(masks[s]!, coarse, fine)]),
    );
  });
});

describe('probabilities are blended', () => {
  const write = (geometry: Geometry, map: Float32Array) =>
    openSeg(writeSeg({ ...commonOn(geometry), kind: 'FRACTIONAL', probabilities: [map] }).bytes);
  const rounded = (values: Float32Array) => [...values].map((v) => Math.round(255 * v));

  test('between pixels and between slices', () => {
    const from = axial([2, 1, 2], [2, 1, 4], [0, 0, 0]);
    const onto = axial([3, 1, 5], [1, 1, 1], [0, 0, 0]);
    const seg = write(from, Float32Array.of(0, 1, 1, 1));
    const placed = placeSeg(seg, { geometry: onto });
    // x: 0, ½, 1 in the lower slice and 1 in the upper one, four steps above
    const mix = (low: number) =>
      [0, 1, 2, 3, 4].map((k) => Math.round(255 * (low + ((1 - low) * k) / 4)));
    const columns = [mix(0), mix(0.5), mix(1)];
    expect(rounded(placed.probability(1))).toEqual(
      [0, 1, 2, 3, 4].flatMap((k) => columns.map((column) => column[k])),
    );
  });

  test('down to nothing where a slice was left out', () => {
    const from = axial([1, 1, 3], [1, 1, 2], [0, 0, 0]);
    const onto = axial([1, 1, 5], [1, 1, 1], [0, 0, 0]);
    const placed = placeSeg(write(from, Float32Array.of(1, 0, 1)), { geometry: onto });
    expect(rounded(placed.probability(1))).toEqual([255, 128, 0, 128, 255]);
  });

  test('the same grid turned gives the same numbers', () => {
    const turned = { ...gridOf([4, 4, 4], ORIENTATIONS.sagittal), spacing: [1, 1, 1] as const };
    const low = indexToWorld(turned, [0, 3, 0]);
    const straight = axial([4, 4, 4], [1, 1, 1], [low[0] - 3, low[1], low[2]]);
    const map = Float32Array.from({ length: 64 }, (_, i) => (scattered(i) % 256) / 255);
    const placed = placeSeg(write(turned, map), { geometry: straight });
    const sorted = (values: Float32Array) => rounded(values).sort((a, b) => a - b);
    expect(sorted(placed.probability(1))).toEqual(sorted(map));
  });
});

describe('frames without a position', () => {
  const request = { ...requestOn([7, 9, 5], { kind: 'BINARY' }) };
  const { geometry, sources, labelmap } = request;
  const strip = (dataset: NaturalDataset) => ({
    PerFrameFunctionalGroupsSequence: itemsOf(dataset, 'PerFrameFunctionalGroupsSequence').map(
      (frame) => ({ ...frame, PlanePositionSequence: undefined }),
    ),
  });

  test('are placed by the image that they refer to', () => {
    const bytes = changed(request, strip);
    expect([...readSeg(bytes, geometry, sources).labelmap]).toEqual([...labelmap]);
    expect(refusal(() => readSeg(bytes, geometry)).code).toBe('seg.position');
  });

  test('and without a frame of reference too', () => {
    const bytes = changed(request, (dataset) => ({
      ...strip(dataset),
      FrameOfReferenceUID: undefined,
    }));
    expect([...readSeg(bytes, geometry, sources).labelmap]).toEqual([...labelmap]);
    const others = seriesOn(geometry, { seed: 'another series' });
    expect(refusal(() => readSeg(bytes, geometry, others)).code).toBe('seg.frame-of-reference');
  });

  test('are placed by the frame of a multi-frame image', () => {
    // the frames are stored in the order 3, 1, 5, 2, 4
    const frames = sources.map((source, k) => ({
      ...source,
      SOPInstanceUID: '1.2.826.0.1.5',
      ReferencedFrameNumber: [3, 1, 5, 2, 4][k],
    }));
    const bytes = changed({ ...request, sources: frames }, strip);
    expect([...readSeg(bytes, geometry, frames).labelmap]).toEqual([...labelmap]);
  });
});

test('a frame that refers to another image than the one that it lies on is placed by its position', () => {
  const request = requestOn([7, 9, 5], { kind: 'BINARY' });
  const bytes = changed(request, (dataset) => {
    const frames = itemsOf(dataset, 'PerFrameFunctionalGroupsSequence');
    return {
      PerFrameFunctionalGroupsSequence: frames.map((frame, f) => ({
        ...frame,
        DerivationImageSequence: frames[frames.length - 1 - f]!.DerivationImageSequence,
      })),
    };
  });
  const { labelmap, notes } = readSeg(bytes, request.geometry, request.sources);
  expect([...labelmap]).toEqual([...request.labelmap]);
  expect(notes).toEqual([
    '2 frames of the SEG refer to another image than the one at Image Position (Patient) (0020,0032); the position counts.',
  ]);
});
