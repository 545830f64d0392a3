import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { infer } from '@vessels/inference/infer';
import { inferSlabs } from '@vessels/inference/inferSlabs';
import type { ModelManifest } from '@vessels/inference/manifest';
import { intensityMap } from '@vessels/inference/normalise';
import { openSlabFile } from '@vessels/inference/slabFile';
import { intensityMapOfSlabs } from '@vessels/inference/slabIntensities';
import { slabsOf, slabsOfSlices, type SlabSource } from '@vessels/inference/slabs';
import type { Vec3 } from '@vessels/volume/geometry';
import { errorOf } from '../helpers/errors';

const DIMS: Vec3 = [5, 4, 11];
const PLANE = DIMS[0] * DIMS[1];
const image = Int16Array.from({ length: PLANE * DIMS[2] }, (_, v) => ((v * 7919) % 501) - 250);

const manifest = (normalisation: ModelManifest['normalisation']) =>
  ({
    file: 'net.onnx',
    patch: [4, 4, 4],
    overlap: [1, 1, 1],
    clip: [-2, 4],
    normalisation,
  }) as unknown as ModelManifest;

describe('intensities of an image in slabs', () => {
  const same = async (data: Int16Array | Float32Array, of: ModelManifest, dims: Vec3) =>
    expect(await intensityMapOfSlabs(slabsOf(data, dims), of)).toEqual(intensityMap(data, of));

  it('are those of the whole image', async () => {
    await same(image, manifest({ kind: 'percentile', percentile: 99.5 }), DIMS);
    await same(image, manifest({ kind: 'fixed', offset: 40, scale: 300 }), DIMS);
    await same(image, manifest({ kind: 'min-max' }), DIMS);
    await same(image, manifest({ kind: 'none' }), DIMS);
    await same(image, manifest({ kind: 'ct', low: -100, high: 100, mean: 3, sd: 40 }), DIMS);
  });

  it('are so for any numbers', async () => {
    const values = fc.array(fc.float({ noNaN: true, min: -1e6, max: 1e6 }), {
      minLength: 24,
      maxLength: 24,
    });
    const of = manifest({ kind: 'percentile', percentile: 90 });
    await fc.assert(
      fc.asyncProperty(values, async (list) => {
        const data = Float32Array.from(list);
        const whole = (() => {
          try {
            return intensityMap(data, of);
          } catch (error) {
            return (error as { code: string }).code;
          }
        })();
        const parts = await intensityMapOfSlabs(slabsOf(data, [2, 2, 6]), of).catch(
          (error: { code: string }) => error.code,
        );
        expect(parts).toEqual(whole);
      }),
    );
  });

  it('take one reading, and a second one for percentiles of more than 16 bits', async () => {
    const of = manifest({ kind: 'percentile', percentile: 99.5 });
    const readings = async (data: Int16Array | Float32Array) => {
      const source = slabsOf(data, DIMS);
      let slices = 0;
      const read = (from: number, to: number) => {
        slices += to - from;
        return source.read(from, to);
      };
      expect(await intensityMapOfSlabs({ dims: DIMS, read }, of)).toEqual(intensityMap(data, of));
      return slices / DIMS[2];
    };
    expect([await readings(image), await readings(Float32Array.from(image))]).toEqual([1, 2]);
  });

  it('that are not numbers, all the same, or need a mean are refused', async () => {
    const refused = (data: Float32Array, of: ModelManifest) =>
      expect(intensityMapOfSlabs(slabsOf(data, [1, 1, data.length]), of)).rejects;
    const fixed = manifest({ kind: 'fixed', offset: 0, scale: 1 });
    await refused(Float32Array.of(1, NaN, 2), fixed).toMatchObject({ code: 'volume.not-finite' });
    await refused(Float32Array.of(1, 1, 1), fixed).toMatchObject({ code: 'volume.constant' });
    await refused(
      Float32Array.of(1, 2, 3),
      manifest({ kind: 'z-score', over: 'image' }),
    ).toMatchObject({ code: 'model.stream' });
  });
});

describe('an image that comes in slices', () => {
  it('is what it would be in memory, and each slice is fetched once in a pass', async () => {
    const fetched: number[] = [];
    const source = slabsOfSlices(DIMS, (z) => {
      fetched.push(z);
      return Promise.resolve(image.slice(z * PLANE, (z + 1) * PLANE));
    });
    const of = manifest({ kind: 'fixed', offset: 0, scale: 250 });
    const network = { run: (tile: Float32Array) => Promise.resolve(tile.map((x) => (x + 1) / 2)) };
    const geometry = {
      dims: DIMS,
      spacing: [1, 1, 1],
      origin: [0, 0, 0],
      direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
    } as const;
    const whole = await infer({ data: image, geometry }, of, network);
    const streamed = new Uint8Array(image.length);
    await inferSlabs(source, intensityMap(image, of), of, network, (z, slab) =>
      streamed.set(slab, z * PLANE),
    );
    expect(streamed).toEqual(whole.probability);
    expect(fetched).toEqual([...Array(DIMS[2]).keys()]);
  });
});

describe('an image in a file', () => {
  let folder: string;
  beforeAll(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'slabs-'));
  });
  afterAll(() => fs.rmSync(folder, { recursive: true }));

  it('is read slab by slab, behind a header', async () => {
    const file = path.join(folder, 'image.raw');
    fs.writeFileSync(file, Buffer.concat([Buffer.from('header'), Buffer.from(image.buffer)]));
    const slabs = await openSlabFile(file, DIMS, Int16Array, 6);
    const memory: SlabSource = slabsOf(image, DIMS);
    for (const [from, to] of [
      [0, 4],
      [3, 7],
      [9, 11],
    ] as const)
      expect(await slabs.read(from, to)).toEqual(await memory.read(from, to));
    await slabs.close();
  });

  it('that is too short is refused with both lengths', async () => {
    const file = path.join(folder, 'short.raw');
    fs.writeFileSync(file, new Uint8Array(10));
    const error = await openSlabFile(file, [3, 2, 2], Uint8Array).catch((e: unknown) => e);
    expect(
      errorOf(() => {
        throw error;
      }),
    ).toMatchObject({ code: 'file.length', message: expect.stringMatching(/10 bytes.*need 12/) });
  });
});
