import { infer } from '@vessels/inference/infer';
import { openInNode, readManifest, timed } from '../nodeModel';
import { INFERENCE_CASES } from './cases';
import { inferNaively } from './naive';
import type { Taken } from './taken';

/** One run; its memory is what it took beyond image and warm network. */
export interface ChildResult extends Taken {
  /** Voxels of the mask that are others when no tile is passed over for being dark. */
  readonly changed: number;
}

async function main([model, name, method, threads]: string[]): Promise<void> {
  const manifest = readManifest(model);
  const network = await openInNode(manifest, Number(threads));
  const { patch } = manifest;
  await network.run(new Float32Array(patch[0] * patch[1] * patch[2]));
  const image = INFERENCE_CASES.find((one) => one.name === name)!.image();

  const measured = timed(network);
  const before = process.memoryUsage.rss();
  const start = performance.now();
  const { probability, tiles, skipped } =
    method === 'naive'
      ? await inferNaively(image, manifest, measured)
      : await infer(image, manifest, measured);
  const seconds = (performance.now() - start) / 1000;
  const peakMb = process.resourceUsage().maxRSS / 1024 - before / 2 ** 20;
  const full = method === 'naive' ? 1 : 255;
  const isVessel = (p: number) => p >= manifest.threshold * full;
  let vessel = 0;
  for (const p of probability) if (isVessel(p)) vessel++;
  const all =
    method === 'naive' || manifest.darkest === undefined
      ? probability
      : (await infer(image, { ...manifest, darkest: undefined }, network)).probability;
  let changed = 0;
  for (let v = 0; v < all.length; v++) if (isVessel(all[v]) !== isVessel(probability[v])) changed++;
  const result: ChildResult = {
    seconds,
    outside: seconds - measured.seconds,
    tiles,
    skipped,
    peakMb: Math.max(0, peakMb),
    vesselShare: vessel / probability.length,
    changed,
  };
  console.log(JSON.stringify(result));
  await network.release();
}

await main(process.argv.slice(2));
