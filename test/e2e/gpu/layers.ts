import { leastByte } from '@vessels/inference/blend';
import { infer, type Inference } from '@vessels/inference/infer';
import type { ModelManifest } from '@vessels/inference/manifest';
import { openNetwork, type Network } from '@vessels/inference/network';
import type { Runtime } from '@vessels/inference/runtime';
import { webRuntime } from '@vessels/inference/webRuntime';
import { runsOfMask } from '@vessels/topology/runs';
import type { Box } from '@vessels/volume/box';
import type { Vec3 } from '@vessels/volume/geometry';
import type { Volume, Voxels } from '@vessels/volume/volume';
import { xorshift } from '../../helpers/masks';
import { oneNodeModel } from '../../inference/helpers/onnx';

const BASE = new URL('/ort/', location.href).href;

let made: Runtime | undefined;
const runtime = () => (made ??= webRuntime(BASE));

const TYPES = { Int8Array, Uint8Array, Int16Array, Uint16Array, Int32Array, Float32Array };

/** An image and a net to run on it. */
export interface LayerCase {
  readonly dims: Vec3;
  readonly patch: Vec3;
  readonly overlap: Vec3;
  /** Of the image, mm; 1 along each axis unless said. */
  readonly spacing?: Vec3;
  readonly type: keyof typeof TYPES;
  /** Operator of a net of one node; the tiny net of the fixtures where it is missing. */
  readonly operator?: 'Sigmoid' | 'Softmax' | 'Sqrt';
  readonly axes?: ModelManifest['axes'];
  readonly coarse?: true;
  /** See the manifest. */
  readonly steer?: number;
  readonly darkest?: number;
  /** Share of the image, from its first slice, that is of one value. */
  readonly flat?: number;
  /** Every other voxel is bright, so that rows have more runs than there is room for. */
  readonly ragged?: true;
  /** The part that is looked at. */
  readonly region?: Box;
}

const baseManifest = async () =>
  (await (await fetch('/fixtures/tiny.json')).json()) as ModelManifest;

async function modelOf({ operator, patch, overlap, axes, coarse, steer, darkest }: LayerCase) {
  const base = await baseManifest();
  const manifest: ModelManifest = {
    ...base,
    patch: [...patch],
    overlap: [...overlap],
    normalisation: { kind: 'fixed', offset: 20.5, scale: 80 },
    clip: [-1, 1.2],
    ...(axes && { axes }),
    ...(coarse && { coarse }),
    ...(steer !== undefined && { steer }),
    ...(darkest !== undefined && { darkest }),
  };
  if (!operator)
    return {
      manifest,
      bytes: new Uint8Array(await (await fetch('/fixtures/tiny.onnx')).arrayBuffer()),
    };
  const sizes = { x: patch[0], y: patch[1], z: patch[2] };
  const [a, b, c] = axes ?? ['z', 'y', 'x'];
  return { manifest, bytes: oneNodeModel(operator, [1, 1, sizes[a], sizes[b], sizes[c]]) };
}

/** Noise and a bright tube, from −60 to 120. */
function imageOf({ dims, type, flat = 0, ragged, spacing = [1, 1, 1] }: LayerCase): Volume {
  const [nx, ny, nz] = dims;
  const data: Voxels = new TYPES[type](nx * ny * nz);
  const next = xorshift(7);
  const offset = type.startsWith('Uint') ? 60 : 0;
  for (let z = 0, i = 0; z < nz; z++)
    for (let y = 0; y < ny; y++)
      for (let x = 0; x < nx; x++, i++) {
        const inTube = Math.hypot(x - nx / 2, y - ny / 2) < 4;
        const isBright = ragged ? (x + y + z) % 2 === 0 : inTube;
        const value = isBright ? 90 + 30 * next() : 60 * next() - 60;
        data[i] = offset + (z < flat * nz ? -60 : value);
      }
  return {
    data,
    geometry: {
      dims,
      spacing,
      origin: [0, 0, 0],
      direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
    },
  };
}

/** How an image fares on the GPU beside the processor. */
export interface Comparison {
  readonly backend: Network['backend'];
  /** Greatest difference, in steps of 1/255, and how many voxels differ at all. */
  readonly greatest: number;
  readonly different: number;
  /** Greatest probability, so that a map of zeros shows. */
  readonly peak: number;
  readonly tiles: readonly [number, number];
  readonly skipped: readonly [number, number];
  readonly gpuSeconds?: object;
  /** Whether the GPU told the runs of the vessels, and whether they are those of its bytes. */
  readonly runs: 'none' | 'as in the bytes' | 'others';
  /** Tiles that were told of on the GPU's way, those that were done again too. */
  readonly told: number;
}

/** From which bytes on the runs of vessels are asked for. */
const LEAST = leastByte(0.5);

function comparedRuns({ runs, probability }: Inference, dims: Vec3): Comparison['runs'] {
  if (!runs) return 'none';
  const expected = runsOfMask(probability, dims, LEAST);
  const isSame = (['starts', 'ends', 'rowFirst'] as const).every(
    (key) => String(runs[key]) === String(expected[key]),
  );
  return isSame && runs.count === expected.count ? 'as in the bytes' : 'others';
}

/** What goes wrong on the GPU, by name; each is told the device that is in use when it happens. */
const INCIDENTS = {
  'device lost': (device: GPUDevice) => device.destroy(),
  'small buffers only': (device: GPUDevice) =>
    Object.defineProperty(device, 'limits', {
      value: { maxBufferSize: 2 ** 16, maxStorageBufferBindingSize: 2 ** 14 },
    }),
  'no memory left': (device: GPUDevice) => {
    const asked: GPUErrorFilter[] = [];
    const push = (filter: GPUErrorFilter) => void asked.push(filter);
    const pop = async () =>
      asked.pop() === 'out-of-memory' ? new GPUOutOfMemoryError('nothing is left') : null;
    Object.defineProperties(device, {
      pushErrorScope: { value: push },
      popErrorScope: { value: pop },
    });
  },
  'shaders that do not compile': (device: GPUDevice) => {
    const create = device.createShaderModule.bind(device);
    const value = ({ code }: GPUShaderModuleDescriptor) => create({ code: `${code} fn 1;` });
    Object.defineProperty(device, 'createShaderModule', { value });
  },
};

/** Incidents at numbers of tiles done; 0 is before the first. */
export type Incidents = Readonly<Record<number, keyof typeof INCIDENTS>>;

/** A network on WebGPU whose devices can be reached: the last one is in use. */
async function openWatched(on: LayerCase) {
  const { manifest, bytes } = await modelOf(on);
  const devices: GPUDevice[] = [];
  const watched: Runtime = {
    ...runtime(),
    async requestGpu(choice) {
      const gpu = await runtime().requestGpu(choice);
      if (typeof gpu !== 'string') devices.push(gpu.device);
      return gpu;
    },
  };
  return { manifest, devices, network: await openNetwork(bytes, manifest, watched, 'webgpu') };
}

/** An image on the GPU, where something may happen on the way, and on the processor. */
export async function compareLayers(
  on: LayerCase,
  incidents: Incidents = {},
  isSlow = false,
): Promise<Comparison> {
  const { manifest, bytes } = await modelOf(on);
  const volume = imageOf(on);
  const processor = await openNetwork(bytes, manifest, runtime(), 'wasm');
  const expected = await infer(volume, manifest, processor, { region: on.region });
  await processor.release();

  const { network, devices } = await openWatched(on);
  const waiting = new Map(Object.entries(incidents));
  let told = 0;
  const happen = (done: number) => {
    if (done > 0) told++;
    const incident = waiting.get(String(done));
    waiting.delete(String(done));
    if (incident) INCIDENTS[incident](devices[devices.length - 1]);
  };
  // each look at the clock is five seconds later
  const now = performance.now.bind(performance);
  let late = 0;
  if (isSlow) performance.now = () => now() + (late += 5000);
  try {
    happen(0);
    const found = await infer(volume, manifest, network, {
      onTile: happen,
      region: on.region,
      least: LEAST,
    });
    let [greatest, different, peak] = [0, 0, 0];
    expected.probability.forEach((p, i) => {
      const difference = Math.abs(p - found.probability[i]);
      if (difference > 0) different++;
      greatest = Math.max(greatest, difference);
      peak = Math.max(peak, p);
    });
    return {
      backend: network.backend,
      ...{ greatest, different, peak, told },
      runs: comparedRuns(found, on.dims),
      tiles: [expected.tiles, found.tiles],
      skipped: [expected.skipped, found.skipped],
      ...(found.gpuSeconds && { gpuSeconds: found.gpuSeconds }),
    };
  } finally {
    performance.now = now;
    await network.release();
  }
}

/** Code of the error of a net that answers with what is no number, on the GPU and then elsewhere. */
export async function runBroken(on: LayerCase): Promise<string> {
  const { network, manifest } = await openWatched(on);
  return infer(imageOf(on), manifest, network)
    .then(
      () => 'no error',
      (error: { code?: string }) => error.code ?? String(error),
    )
    .finally(() => network.release());
}

/** Cancel after a number of tiles. */
export async function cancelAt(on: LayerCase, tile: number) {
  const { network, manifest } = await openWatched(on);
  const stop = new AbortController();
  let last = 0;
  const error = await infer(imageOf(on), manifest, network, {
    signal: stop.signal,
    onTile(done) {
      last = done;
      if (done === tile) stop.abort();
    },
  }).catch(({ name }: Error) => name);
  const after = await infer(imageOf(on), manifest, network);
  const { name } = network.backend;
  await network.release();
  return { error, last, tilesAfter: after.tiles, backend: name };
}

/** Buffers that are alive on the device after each of several runs. */
export async function repeat(on: LayerCase, runs: number) {
  const { network, manifest, devices } = await openWatched(on);
  const [device] = devices;
  const create = device.createBuffer.bind(device);
  const ours = { created: 0, destroyed: 0 };
  device.createBuffer = (descriptor) => {
    const buffer = create(descriptor);
    if (!descriptor.label) return buffer;
    ours.created++;
    const destroy = buffer.destroy.bind(buffer);
    buffer.destroy = () => {
      ours.destroyed++;
      return destroy();
    };
    return buffer;
  };
  const bytes: number[] = [];
  for (let i = 0; i < runs; i++) {
    await infer(imageOf(on), manifest, network);
    bytes.push(network.gpu()!.bytes);
  }
  const { name } = network.backend;
  await network.release();
  return { bytes, ...ours, backend: name };
}
