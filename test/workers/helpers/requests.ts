import type { SegmentRequest } from '@vessels/workers/protocol';
import { tiny, volumeOf } from '../../inference/helpers/models';

/** A bright bar of 5×5 voxels along z in the middle of 24×20×30. */
export const bar = () =>
  volumeOf([24, 20, 30], (x, y) => (Math.abs(x - 12) <= 2 && Math.abs(y - 10) <= 2 ? 100 : 0));

/** A request that needs no server: the tiny net's bytes, the bar. */
export const request = (changes: Partial<SegmentRequest> = {}): SegmentRequest => ({
  volume: bar(),
  model: { manifest: tiny.manifest, file: tiny.bytes.slice().buffer },
  threshold: 0.5,
  minComponent: 0,
  runtimeBase: 'https://viewer.example/ort/',
  ...changes,
});
