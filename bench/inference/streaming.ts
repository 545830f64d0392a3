import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { inferSlabs } from '@vessels/inference/inferSlabs';
import { openSlabFile } from '@vessels/inference/slabFile';
import { intensityMapOfSlabs } from '@vessels/inference/slabIntensities';
import type { Vec3 } from '@vessels/volume/geometry';
import { openInNode, readManifest, timed } from '../nodeModel';
import type { Taken } from './taken';

/** A run over a file; its memory is that of the whole process: Node, ONNX Runtime and all. */
export type StreamingResult = Taken;

const BLOCK = 128;

/** Slices of bright tubes on black, a cell of 128³ in eight holding some: as cleared tissue looks, mostly empty. */
function drawSlice([nx, ny]: Vec3, z: number): Uint8Array {
  const slice = new Uint8Array(nx * ny);
  for (let by = 0; by < ny; by += BLOCK)
    for (let bx = 0; bx < nx; bx += BLOCK) {
      const bz = Math.floor(z / BLOCK);
      if (((bx / BLOCK) * 7 + (by / BLOCK) * 3 + bz * 5) % 8 !== 0) continue;
      for (let tube = 0; tube < 3; tube++) {
        const swing = 30 * Math.sin((z + 40 * tube) / 23);
        const [cx, cy] = [bx + 40 + 20 * tube + swing / 2, by + 64 + swing];
        const radius = 2 + tube;
        for (let y = Math.ceil(cy - radius); y <= cy + radius; y++)
          for (let x = Math.ceil(cx - radius); x <= cx + radius; x++)
            if (Math.hypot(x - cx, y - cy) <= radius && x < nx && y < ny) slice[x + nx * y] = 200;
      }
    }
  return slice;
}

/** A file of one byte a voxel, written slice by slice. */
function drawFile(file: string, dims: Vec3): void {
  const out = fs.openSync(file, 'w');
  for (let z = 0; z < dims[2]; z++) fs.writeSync(out, drawSlice(dims, z));
  fs.closeSync(out);
}

/** Share of a file's voxels that reach a value. */
async function shareFrom(file: string, dims: Vec3, least: number): Promise<number> {
  const source = await openSlabFile(file, dims, Uint8Array);
  let reaching = 0;
  for (let z = 0; z < dims[2]; z++)
    for (const value of await source.read(z, z + 1)) if (value >= least) reaching++;
  await source.close();
  return reaching / (dims[0] * dims[1] * dims[2]);
}

async function main([model, threads, ...size]: string[]): Promise<void> {
  const dims = size.map(Number) as unknown as Vec3;
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'streaming-'));
  try {
    const file = path.join(folder, 'image.raw');
    drawFile(file, dims);
    const manifest = readManifest(model);
    const network = await openInNode(manifest, Number(threads));
    const measured = timed(network);
    const source = await openSlabFile(file, dims, Uint8Array);
    const answer = path.join(folder, 'probability.raw');
    const out = fs.openSync(answer, 'w');
    const start = performance.now();
    // Half of the voxels and more are 0, so percentiles tell nothing: tubes of 200 on 0 are taken as they are.
    const intensities = await intensityMapOfSlabs(source, {
      ...manifest,
      normalisation: { kind: 'fixed', offset: 0, scale: 200 },
    });
    const { tiles, skipped } = await inferSlabs(
      source,
      intensities,
      manifest,
      measured,
      (_z, probability) => void fs.writeSync(out, probability),
    );
    const seconds = (performance.now() - start) / 1000;
    fs.closeSync(out);
    await source.close();
    await network.release();
    const result: StreamingResult = {
      seconds,
      outside: seconds - measured.seconds,
      tiles,
      skipped,
      peakMb: process.resourceUsage().maxRSS / 1024,
      vesselShare: await shareFrom(answer, dims, 255 * manifest.threshold),
    };
    console.log(JSON.stringify(result));
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

await main(process.argv.slice(2));
