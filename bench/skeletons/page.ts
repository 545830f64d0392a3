import type { BackendChoice } from '@vessels/inference/backend';
import { skeletonLikeness } from '@vessels/inference/skeletonLikeness';
import { parseSkeletonManifest } from '@vessels/inference/skeletonManifest';
import { openSkeletonNetwork } from '@vessels/inference/skeletonNetwork';
import { webRuntime } from '@vessels/inference/webRuntime';
import type { Vec3 } from '@vessels/volume/geometry';

/** What the page fetches from the bench's server, and where it runs. */
export interface LikenessRequest {
  /** Address of the mask. */
  readonly mask: string;
  readonly dims: Vec3;
  /** Address of the manifest; its file lies beside it. */
  readonly manifest: string;
  readonly runtimeBase: string;
  readonly backend: BackendChoice;
}

export interface LikenessTime {
  /** What ran it. */
  readonly device: string;
  /** Of a run after the first. */
  readonly seconds: number;
}

const bytesAt = async (url: string) => new Uint8Array(await (await fetch(url)).arrayBuffer());

/** The likeness goes back to the server under the mask's address. */
async function timeLikeness(request: LikenessRequest): Promise<LikenessTime> {
  const { dims, backend } = request;
  const text = new TextDecoder().decode(await bytesAt(request.manifest));
  const manifest = parseSkeletonManifest(text, request.manifest);
  const model = await bytesAt(new URL(manifest.file, request.manifest).href);
  const mask = await bytesAt(request.mask);
  const runtime = webRuntime(request.runtimeBase);
  const gpu = await runtime.requestGpu(backend);
  if (backend === 'webgpu' && typeof gpu === 'string') throw new Error(gpu);
  const onGpu = typeof gpu === 'string' ? undefined : gpu;
  const network = await openSkeletonNetwork(model, manifest, runtime, onGpu);
  await skeletonLikeness(mask, dims, manifest, network);
  const start = performance.now();
  const likeness = await skeletonLikeness(mask, dims, manifest, network);
  const seconds = (performance.now() - start) / 1000;
  await network.release();
  await fetch(request.mask, { method: 'PUT', body: likeness as Uint8Array<ArrayBuffer> });
  return { device: onGpu?.name ?? runtime.processor.backend.device, seconds };
}

Object.assign(globalThis, { timeLikeness });
