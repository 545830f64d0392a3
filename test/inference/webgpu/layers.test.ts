import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { UNIT, weightsAlong } from '@vessels/inference/blend';
import { emptiness } from '@vessels/inference/emptyTiles';
import { gatherTile } from '@vessels/inference/gather';
import { inferSlabs } from '@vessels/inference/inferSlabs';
import type { ModelManifest } from '@vessels/inference/manifest';
import { slabsOf } from '@vessels/inference/slabs';
import { finishedSlices, planTiles } from '@vessels/inference/tiles';
import { bothSeconds, type Layers } from '@vessels/inference/webgpu/layer';
import { layerBufferSizes, readBackOf } from '@vessels/inference/webgpu/layerBuffers';
import { fromRows, tensorSteps, toRows } from '@vessels/inference/webgpu/params';
import { readRuns } from '@vessels/inference/webgpu/readRuns';
import { secondsOf } from '@vessels/inference/webgpu/tileClock';
import { toTensor } from '@vessels/inference/axisOrder';
import { runsOfMask } from '@vessels/topology/runs';
import type { Box } from '@vessels/volume/box';
import type { Vec3 } from '@vessels/volume/geometry';
import { runsOfPart } from '../../helpers/sliceRuns';

const size = fc.integer({ min: 1, max: 7 });
const box = fc.tuple(size, size, size);
const AS_IT_IS = { offset: 0, scale: 1, low: -Infinity, high: 2 };

test('a tile has one value, or is dark, exactly where the gathered tile has', () => {
  fc.assert(
    fc.property(
      box,
      box,
      box,
      fc.uint8Array({ minLength: 343, maxLength: 343, max: 3 }),
      (dims, patch, at, noise) => {
        const data = noise.subarray(0, dims[0] * dims[1] * dims[2]);
        const start = at.map((v, axis) => v % dims[axis]!) as unknown as Vec3;
        const tile = new Float32Array(patch[0] * patch[1] * patch[2]);
        gatherTile(data, dims, start, patch, AS_IT_IS, tile);
        const expected = tile.every((v) => v === tile[0]) ? tile[0] : undefined;
        const inVolume = { data, dims, start, patch, intensities: AS_IT_IS };
        expect(emptiness(inVolume)).toEqual({
          dark: false,
          ...(expected !== undefined && { flat: expected }),
        });
        for (const darkest of [0, 1, 2, 3])
          expect(emptiness(inVolume, darkest).dark).toBe(tile.every((v) => v < darkest));
      },
    ),
  );
});

test.each([undefined, ['x', 'y', 'z'], ['y', 'z', 'x'], ['x', 'z', 'y']] as const)(
  'steps in a tensor with the axes %s lead where the tile is reordered to',
  (axes) => {
    const model = {
      patch: [2, 3, 4] as [number, number, number],
      ...(axes && { axes: [...axes] }),
    };
    const tile = Float32Array.from({ length: 24 }, (_, i) => i);
    const tensor = toTensor(tile, model as never);
    const [sx, sy, sz] = tensorSteps(model as never);
    for (let z = 0, i = 0; z < 4; z++)
      for (let y = 0; y < 3; y++)
        for (let x = 0; x < 2; x++, i++) expect(tensor[x * sx + y * sy + z * sz]).toBe(i);
  },
);

test('rows of sums begin with a word on the GPU', () => {
  const sums = Uint16Array.of(1, 2, 3, 4, 5, 6);
  expect([...toRows(sums, 3)]).toEqual([1, 2, 3, 0, 4, 5, 6, 0]);
  expect([...toRows(sums, 2)]).toEqual([...sums]);
  for (const nx of [2, 3]) expect(fromRows(toRows(sums, nx), nx)).toEqual(sums);
});

test('what is read back lies one after the other, each where it can be read', () => {
  const plan = planTiles([5, 4, 9], [3, 4, 4], [1, 1, 1]);
  // 20 voxels in each of 3 slices; one slice of 4 rows of 3 words goes on
  expect(readBackOf(plan, 0, 2, false)).toMatchObject({
    ...{ finished: 60, carried: 48, wrong: 108, timestamps: 112, size: 176 },
  });
  // 12 rows of 8 bytes, 8 runs of 4 bytes for each
  expect(readBackOf(plan, 0, 2, true)).toMatchObject({
    ...{ wrong: 108, rows: 112, runs: 208, taken: 592, timestamps: 600, size: 664 },
  });
  const last = plan.starts[2].length - 1;
  expect(readBackOf(plan, last, 0, false)).toMatchObject({ finished: 80, carried: 0 });
  expect(layerBufferSizes(plan, 2).readBack.size).toBeGreaterThanOrEqual(176);
});

test('runs come row by row, in whatever order the GPU found them', () => {
  const packed = Uint32Array.of(5 | (9 << 16), 0 | (2 << 16), 3 | (40_000 << 16), 7);
  // the third row was found first, then the first; the second has none
  expect(readRuns(Uint32Array.of(1, 2, 3, 0, 0, 1), packed)).toEqual({
    count: 3,
    starts: Int32Array.of(0, 3, 5),
    ends: Int32Array.of(2, 40_000, 9),
    rowFirst: Uint32Array.of(0, 2, 2, 3),
  });
});

test('moments become seconds by step; a clock that ran backwards counts as nothing', () => {
  expect(secondsOf(BigUint64Array.of(0n, 10n, 30n, 60n, 5n, 3n, 4n, 4n))).toEqual({
    ...{ gather: 1e-8, network: 2.1e-8, blend: 3e-8 },
  });
  const one = { gather: 1, network: 2, blend: 3 };
  expect(bothSeconds(one, one)).toEqual({ gather: 2, network: 4, blend: 6 });
  expect(bothSeconds(undefined, one)).toEqual(one);
});

test('runs of all layers are those of the image; where a layer ran elsewhere there are none', async () => {
  const dims: Vec3 = [6, 5, 9];
  const model: typeof MODEL = { patch: [6, 5, 4], overlap: [1, 1, 1] };
  const mask = Uint8Array.from({ length: 270 }, (_, i) => Number((i * 7919) % 3 === 0));
  const run = (isAlone: boolean, region?: Box) => {
    const layers: Layers = {
      async run({ plan, tz, least }) {
        if (isAlone && tz === 1) return undefined;
        const from = plan.starts[2][tz]!;
        const probability = mask.slice(30 * from, 30 * (from + finishedSlices(plan, tz)));
        const runs = least === undefined ? undefined : runsOfPart(probability, dims);
        return { probability, carried: new Uint16Array(0), tiles: 1, skipped: 0, runs };
      },
      close: () => undefined,
    };
    const options = { least: 1, ...(region && { region }) };
    const sink = () => undefined;
    const all = { ...network, layers };
    return inferSlabs(slabsOf(mask, dims), INTENSITIES, model, all, sink, options);
  };
  expect((await run(false)).runs).toEqual(runsOfMask(mask, dims));
  expect((await run(true)).runs).toBeUndefined();
  expect((await run(false, { start: [0, 0, 0], dims: [6, 5, 9] })).runs).toBeUndefined();
});

const DIMS: Vec3 = [13, 9, 20];
const MODEL: Pick<ModelManifest, 'patch' | 'overlap'> = { patch: [6, 5, 8], overlap: [2, 2, 3] };
const noise = Uint8Array.from({ length: 13 * 9 * 20 }, (_, i) => (i * 7919) % 256);
const network = { run: async (tile: Float32Array) => tile.map((v) => v ** 2) };
const INTENSITIES = { offset: 0, scale: 255, low: 0, high: 1 };

/**
 * Layers whose sums are kept for the whole image; in one of them the GPU is gone after some tiles, which it leaves
 * behind.
 */
function layersUntil(gone: number, tilesLeft: number): Layers {
  const plane = DIMS[0] * DIMS[1];
  const sums = new Uint16Array(plane * DIMS[2]);
  return {
    async run(job) {
      const { plan, tz, slab, onTile } = job;
      const carried = job.state.sums;
      if (tz > gone) return undefined;
      const [xs, ys, zs] = plan.starts;
      expect(carried).toEqual(sums.slice(plane * zs[tz]!, plane * zs[tz]! + carried.length));
      const [wx, wy, wz] = plan.starts.map((along, axis) => weightsAlong(along, plan.patch[axis]!));
      const tile = new Float32Array(6 * 5 * 8);
      let done = 0;
      for (const [ty, y] of ys.entries())
        for (const [tx, x] of xs.entries()) {
          if (tz === gone && done === tilesLeft) {
            const left = sums.slice(plane * zs[tz]!, plane * (zs[tz]! + 8));
            job.state = { sums: left, tiles: done, skipped: 0 };
            return undefined;
          }
          gatherTile(slab, [DIMS[0], DIMS[1], 8], [x, y, 0], plan.patch, INTENSITIES, tile);
          (await network.run(tile)).forEach((value, i) => {
            const [u, v, w] = [i % 6, Math.floor(i / 6) % 5, Math.floor(i / 30)];
            const weight = wz![tz]![w]! * wy![ty]![v]! * wx![tx]![u]!;
            sums[x + u + 13 * (y + v) + plane * (zs[tz]! + w)]! += Math.floor(
              UNIT * weight * value + 0.5,
            );
          });
          onTile(++done);
        }
      const end = zs[tz + 1] ?? DIMS[2];
      const bytes = sums
        .slice(plane * zs[tz]!, plane * end)
        .map((sum) => Math.round((255 * sum) / UNIT));
      return {
        probability: Uint8Array.from(bytes),
        carried: sums.slice(plane * end, plane * (zs[tz]! + 8)),
        ...{ tiles: done, skipped: 0 },
      };
    },
    close: () => undefined,
  };
}

test.each([
  [0, 0],
  [0, 5],
  [1, 0],
  [2, 3],
  [9, 0],
])(
  'a GPU that is gone in layer %i after %i tiles leaves the same probabilities, and none is run again',
  async (gone, tilesLeft) => {
    const run = async (layers?: Layers) => {
      const found = new Uint8Array(noise.length);
      const ticks: number[] = [];
      const result = await inferSlabs(
        slabsOf(noise, DIMS),
        INTENSITIES,
        MODEL,
        { ...network, ...(layers && { layers }) },
        (z, slab) => found.set(slab, z * 117),
        { onTile: (done) => ticks.push(done) },
      );
      return { found, ticks, tiles: result.tiles };
    };
    expect(await run(layersUntil(gone, tilesLeft))).toEqual(await run());
  },
);
