import fs from 'node:fs';
import path from 'node:path';
import type { ModelManifest } from '@vessels/inference/manifest';
import { openNetwork, type Network } from '@vessels/inference/network';
import { nodeRuntime } from '@vessels/inference/nodeRuntime';
import { parseManifest } from '@vessels/inference/parseManifest';

/** The bundled models. */
export const MODELS = path.resolve(import.meta.dirname, '../models');

/** The manifest of a model, by the name of its two files. */
export const readManifest = (name: string, folder = MODELS): ModelManifest =>
  parseManifest(fs.readFileSync(path.join(folder, `${name}.json`), 'utf8'), `${name}.json`);

/** The network of a manifest in onnxruntime-node. */
export const openInNode = (
  manifest: ModelManifest,
  threads: number,
  folder = MODELS,
): Promise<Network> =>
  openNetwork(
    new Uint8Array(fs.readFileSync(path.join(folder, manifest.file))),
    manifest,
    nodeRuntime(threads),
  );

/** A network that knows how long it ran. */
export interface TimedNetwork extends Pick<Network, 'run'> {
  readonly seconds: number;
}

export function timed(network: Pick<Network, 'run'>): TimedNetwork {
  let milliseconds = 0;
  return {
    async run(tile) {
      const start = performance.now();
      const answer = await network.run(tile);
      milliseconds += performance.now() - start;
      return answer;
    },
    get seconds() {
      return milliseconds / 1000;
    },
  };
}
