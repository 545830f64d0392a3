import type { ModelManifest } from '@vessels/inference/manifest';
import type { SegmentRequest } from '@vessels/workers/protocol';
import { tiny, volumeOf } from '../../inference/helpers/models';

const isBar = (x: number, y: number) => Math.abs(x - 12) <= 2 && Math.abs(y - 10) <= 2;
const isSpeck = (x: number, y: number, z: number) => x < 4 && y < 4 && z > 3 && z < 8;

/** A bright bar of 5×5 voxels along z in the middle of 24×20×30. */
export const bar = () => volumeOf([24, 20, 30], (x, y) => (isBar(x, y) ? 100 : 0));

/** The bar and a speck of 4×4×4 voxels apart from it. */
export const speckled = () =>
  volumeOf([24, 20, 30], (...at) => (isBar(at[0], at[1]) || isSpeck(...at) ? 100 : 0));

/** The tiny net under a changed manifest. */
export const model = (changes: Partial<ModelManifest> = {}) => ({
  manifest: { ...tiny.manifest, ...changes },
  file: tiny.bytes.slice().buffer,
});

/** A request that needs no server: the tiny net's bytes, the bar. */
export const request = (changes: Partial<SegmentRequest> = {}): SegmentRequest => ({
  volume: bar(),
  model: model(),
  threshold: 0.5,
  minComponent: 0,
  runtimeBase: 'https://viewer.example/ort/',
  ...changes,
});
