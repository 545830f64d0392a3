import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it, test } from '@jest/globals';
import { nodeRuntime } from '@vessels/inference/nodeRuntime';
import { readOnnx } from '@vessels/inference/onnx/file';
import { floatsOf } from '@vessels/inference/onnx/tensors';
import { skeletonLikeness } from '@vessels/inference/skeletonLikeness';
import { parseSkeletonManifest } from '@vessels/inference/skeletonManifest';
import { openSkeletonNetwork } from '@vessels/inference/skeletonNetwork';
import type { Vec3 } from '@vessels/volume/geometry';
import { draw, fill, type Drawn } from '../helpers/draw';
import { xorshift } from '../helpers/masks';
import { denseLikeness, network, skeletonizer, type Step } from './helpers/skeletonizers';

/** A step with weights drawn by lot. */
function someStep(width: number, states: number): Step {
  const next = xorshift(5);
  const weights = Array.from({ length: states }, () =>
    Array.from({ length: width }, () => next() - 0.5),
  );
  return (row) =>
    weights.map((own) => Math.tanh(own.reduce((sum, weight, i) => sum + weight * row[i], -0.1)));
}

const cross = (dims: Vec3): Drawn =>
  fill(dims, (x, y, z) => (Math.abs(x - 4) < 2 && z < 4) || (Math.abs(y - 3) < 2 && x + z > 3));

const VOLUME = skeletonizer();
const IMAGE = skeletonizer({ dimensions: 2 });

test.each([
  ['a volume', VOLUME, cross([9, 8, 7])],
  ['a slice that is a volume', VOLUME, cross([9, 8, 1])],
  ['an image', IMAGE, cross([9, 8, 1])],
  ['a line along the border', VOLUME, draw(['####', '...#'], ['....', '#..#'])],
  ['noise', VOLUME, fill([5, 6, 4], (x, y, z) => (x * 7 + y * 3 + z * 5) % 4 < 2)],
])('%s has the likeness of plain loops over all voxels', async (_, manifest, { mask, dims }) => {
  const step = someStep(3 ** manifest.dimensions * 4, 2);
  const plain = denseLikeness(mask, dims, manifest, 2, step);
  const net = network(manifest, 2, step);
  expect(await skeletonLikeness(mask, dims, manifest, net)).toEqual(plain);
  expect(new Set(plain).size).toBeGreaterThan(5);
  const whole = network(manifest, 2, step);
  expect(await skeletonLikeness(mask, dims, { ...manifest, rows: 1000 }, whole)).toEqual(plain);
  const voxels = mask.reduce((sum, value) => sum + value, 0);
  expect([net.runs, whole.runs]).toEqual([Math.ceil(voxels / 3), 1]);
});

test('a net that sees all neighbours alike gives a mirrored and turned mask its mirrored and turned likeness', async () => {
  const sum: Step = (row) => {
    const [, depth, state] = [0, 1, 2].map((c) =>
      Array.from({ length: 27 }, (_, k) => row[4 * k + c]).reduce((a, b) => a + b, 0),
    );
    return [Math.tanh(depth / 9 - 1), Math.tanh(state / 27)];
  };
  const dims: Vec3 = [9, 8, 7];
  const { mask } = cross(dims);
  const moved = fill([7, 9, 8], (x, y, z) => mask[8 - y + 9 * (z + 8 * x)] === 1);
  const likeness = (drawn: Drawn) =>
    skeletonLikeness(drawn.mask, drawn.dims, VOLUME, network(VOLUME, 2, sum));
  const [of, is] = [await likeness({ mask, dims }), await likeness(moved)];
  for (let z = 0, v = 0; z < 8; z++)
    for (let y = 0; y < 9; y++)
      for (let x = 0; x < 7; x++, v++) expect(is[v]).toBe(of[8 - y + 9 * (z + 8 * x)]);
});

describe('the likeness of a skeleton', () => {
  it('is nothing where there is no surface to peel, and nothing runs', async () => {
    const net = network(VOLUME, 2, () => [9, 9]);
    for (const value of [0, 1])
      expect(
        await skeletonLikeness(new Uint8Array(60).fill(value), [3, 4, 5], VOLUME, net),
      ).toEqual(new Uint8Array(60));
    expect(net.runs).toBe(0);
  });

  it('is computed on the voxels of the mask alone', async () => {
    const mask = new Uint8Array(64 ** 3);
    mask.fill(1, 5000, 5015);
    const net = network(VOLUME, 2, () => [0, 0]);
    const likeness = await skeletonLikeness(mask, [64, 64, 64], VOLUME, net);
    expect(net.runs).toBe(Math.ceil(15 / 3));
    expect([...likeness.subarray(4999, 5016)]).toEqual([0, ...Array<number>(15).fill(128), 0]);
  });

  it('takes no volume where the net is for images, and no mask of another length', async () => {
    const net = network(IMAGE, 2, () => [0, 0]);
    await expect(skeletonLikeness(new Uint8Array(8), [2, 2, 2], IMAGE, net)).rejects.toMatchObject({
      code: 'skeleton.dimensions',
      message: expect.stringContaining('2 slices'),
    });
    await expect(skeletonLikeness(new Uint8Array(7), [2, 2, 2], VOLUME, net)).rejects.toMatchObject(
      { code: 'volume.length' },
    );
  });
});

describe.each([2, 3])('the bundled net for %i dimensions', (dimensions) => {
  const folder = path.resolve(__dirname, '../../models/skeletons');
  const name = `skelite-${dimensions}d.json`;
  const manifest = parseSkeletonManifest(fs.readFileSync(path.join(folder, name), 'utf8'), name);
  const bytes = new Uint8Array(fs.readFileSync(path.join(folder, manifest.file)));

  /** Its weights in plain loops: of the features, then of the states, then of what is made of both. */
  function plainStep(): { states: number; step: Step } {
    const tensors = readOnnx(bytes, manifest.file).graph.initializer;
    const named = (end: string) => tensors.find(({ name }) => name.endsWith(end))!;
    const [see, bias, decide, last] = [
      'see.weight',
      'see.bias',
      'decide.weight',
      'decide.bias',
    ].map((name) => floatsOf(named(name))!);
    const around = 3 ** dimensions;
    const [known, states] = [manifest.features.length, last.length];
    // A product with a matrix is stored with the inputs along the rows.
    const look = floatsOf(
      tensors.find(({ dims }) => String(dims) === `${around * states},${bias.length}`)!,
    )!;
    const step: Step = (row) => {
      const hidden = Array.from(bias, (start, unit) => {
        let sum = start;
        for (let k = 0; k < around; k++) {
          const place = k * (known + states);
          for (let f = 0; f < known; f++)
            sum += see[(unit * around + k) * known + f] * row[place + f];
          for (let s = 0; s < states; s++)
            sum += look[(k * states + s) * bias.length + unit] * row[place + known + s];
        }
        return sum < 0 ? 0.1 * sum : sum;
      });
      return Array.from(last, (start, state) =>
        Math.tanh(
          hidden.reduce((sum, v, unit) => sum + v * decide[state * bias.length + unit], start),
        ),
      );
    };
    return { states, step };
  }

  it('says what its weights say in plain loops', async () => {
    const { mask, dims } = cross([9, 8, dimensions === 3 ? 5 : 1]);
    const net = await openSkeletonNetwork(bytes, manifest, nodeRuntime());
    const likeness = await skeletonLikeness(mask, dims, manifest, net);
    await net.release();
    const { states, step } = plainStep();
    const plain = denseLikeness(mask, dims, manifest, states, step);
    likeness.forEach((value, v) => expect(Math.abs(value - plain[v])).toBeLessThanOrEqual(1));
  });

  it('finds the axis of a bar', async () => {
    const { mask, dims } = fill([24, 9, dimensions === 3 ? 9 : 1], (x, y, z) => {
      const across = Math.hypot(y - 4, dimensions === 3 ? z - 4 : 0);
      return x >= 2 && x < 22 && across < 3.4;
    });
    const net = await openSkeletonNetwork(bytes, manifest, nodeRuntime());
    const likeness = await skeletonLikeness(mask, dims, manifest, net);
    await net.release();
    const middle = dimensions === 3 ? 4 : 0;
    const at = (x: number, y: number) => likeness[x + 24 * (y + 9 * middle)];
    for (let x = 8; x < 16; x++) {
      expect(at(x, 4)).toBeGreaterThan(128);
      expect(at(x, 1)).toBeLessThan(at(x, 4));
      expect(at(x, 7)).toBeLessThan(at(x, 4));
    }
  });
});
