import type { BackendChoice } from './backend';
import type { ModelManifest } from './manifest';
import { openNetwork, type Network } from './network';
import type { Runtime } from './runtime';
import { timeTile } from './timeTile';

/** Which model is wanted, and what should run it. */
export interface NetworkRequest {
  readonly manifest: ModelManifest;
  readonly backend: BackendChoice;
}

/**
 * The network of the last run, kept for the next one with the same model (by SHA-256) and backend. At most one is
 * loaded at a time.
 */
export class NetworkCache {
  #kept: { readonly key: string; readonly network: Network } | undefined;
  readonly #seconds = new WeakMap<Network, Promise<number>>();

  constructor(readonly runtime: Runtime) {}

  /** The network of a request when it is loaded. One whose GPU failed is not found: a new device may do better. */
  find(request: NetworkRequest): Network | undefined {
    const kept = this.#kept;
    return kept?.key === keyOf(request) && !kept.network.lostGpu ? kept.network : undefined;
  }

  /** The network that is loaded, whatever it was loaded for. */
  get loaded(): Network | undefined {
    return this.#kept?.network;
  }

  /**
   * Load the network of a request, once the one before is released.
   *
   * @param bytes of the model, checked against its manifest
   * @throws InputError as {@link openNetwork}
   */
  async open(request: NetworkRequest, bytes: Uint8Array): Promise<Network> {
    await this.release();
    const network = await openNetwork(bytes, request.manifest, this.runtime, request.backend);
    this.#kept = { key: keyOf(request), network };
    return network;
  }

  /** Seconds that a network takes for a tile, measured once. */
  secondsPerTile(network: Network, manifest: ModelManifest): Promise<number> {
    const known = this.#seconds.get(network) ?? timeTile(network, manifest);
    this.#seconds.set(network, known);
    return known;
  }

  async release(): Promise<void> {
    const kept = this.#kept;
    this.#kept = undefined;
    await kept?.network.release();
  }
}

/** The manifest counts too: it names the tensors and the patch. */
const keyOf = ({ manifest, backend }: NetworkRequest) => JSON.stringify([backend, manifest]);
