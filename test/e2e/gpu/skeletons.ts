import { skeletonLikeness } from '@vessels/inference/skeletonLikeness';
import { parseSkeletonManifest } from '@vessels/inference/skeletonManifest';
import { openSkeletonNetwork } from '@vessels/inference/skeletonNetwork';
import { webRuntime } from '@vessels/inference/webRuntime';
import type { Vec3 } from '@vessels/volume/geometry';

/** The bundled skeletonizer on a tube with a branch, on the GPU beside the processor. */
export async function compareSkeletonizer(dimensions: 2 | 3) {
  const dims: Vec3 = [20, 16, dimensions === 3 ? 12 : 1];
  const [nx, ny, nz] = dims;
  const mask = new Uint8Array(nx * ny * nz);
  for (let z = 0, i = 0; z < nz; z++)
    for (let y = 0; y < ny; y++)
      for (let x = 0; x < nx; x++, i++) {
        const along = Math.hypot(y - 8, z - Math.floor(nz / 2)) < 3.5;
        const up = Math.hypot(x - 10, z - Math.floor(nz / 2)) < 2.5 && y < 8;
        mask[i] = Number(along || up);
      }
  const folder = new URL('/skeletons/', location.href);
  const name = `skelite-${dimensions}d.json`;
  const manifest = parseSkeletonManifest(await (await fetch(new URL(name, folder))).text(), name);
  const bytes = new Uint8Array(await (await fetch(new URL(manifest.file, folder))).arrayBuffer());
  const runtime = webRuntime(new URL('/ort/', location.href).href);
  const gpu = await runtime.requestGpu('webgpu');
  if (typeof gpu === 'string') throw new Error(gpu);
  const likeness = async (on?: typeof gpu) => {
    const network = await openSkeletonNetwork(bytes, manifest, runtime, on);
    const found = await skeletonLikeness(mask, dims, manifest, network);
    await network.release();
    return found;
  };
  const [here, there] = [await likeness(), await likeness(gpu)];
  const greatest = here.reduce((most, value, i) => Math.max(most, Math.abs(value - there[i])), 0);
  return { greatest, peak: here.reduce((most, value) => Math.max(most, value), 0) };
}
