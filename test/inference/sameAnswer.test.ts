import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { openNetwork } from '@vessels/inference/network';
import { nodeRuntime } from '@vessels/inference/nodeRuntime';
import { MODELS, readManifest } from '../../bench/nodeModel';
import { xorshift } from '../helpers/masks';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'same-answer-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));

/** A bright tube along x in noise, normalised as the nets want it. */
function drawnTile(edge: number): Float32Array {
  const next = xorshift(11);
  return Float32Array.from({ length: edge ** 3 }, (_, i) => {
    const [y, z] = [Math.floor(i / edge) % edge, Math.floor(i / edge ** 2)];
    const inTube = Math.hypot(y - edge / 2, z - edge / 2) < 3;
    return (inTube ? 1 : 0) + 0.3 * (next() - 0.5);
  });
}

function byWasm(file: string, edge: number, threads: number, tile: Float32Array): Float32Array {
  const [from, to] = [path.join(folder, 'tile.raw'), path.join(folder, 'answer.raw')];
  fs.writeFileSync(from, new Uint8Array(tile.buffer));
  const script = path.join(__dirname, 'helpers/wasmAnswer.mjs');
  const { status, stderr } = spawnSync(
    process.execPath,
    [script, file, String(edge), String(threads), from, to],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(stderr);
  return new Float32Array(new Uint8Array(fs.readFileSync(to)).buffer);
}

const greatestDifference = (a: Float32Array, b: Float32Array) =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);

test.each(['vessels-mra', 'vessels-cta', 'vessels-generic'])(
  '%s answers alike by onnxruntime-node and by WASM with one thread and with several',
  async (id) => {
    const manifest = readManifest(id);
    const file = path.join(MODELS, manifest.file);
    const network = await openNetwork(
      new Uint8Array(fs.readFileSync(file)),
      manifest,
      nodeRuntime(),
    );
    const [edge] = manifest.patch;
    const tile = drawnTile(edge);
    const answer = (await network.run(tile)).slice();
    await network.release();
    expect(answer.some((value) => value > manifest.threshold)).toBe(true);
    for (const threads of [1, 3])
      expect(greatestDifference(answer, byWasm(file, edge, threads, tile))).toBeLessThan(1e-4);
  },
  60_000,
);
