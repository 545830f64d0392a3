import { cut, wholeOf, type Box } from '../volume/box';
import type { Vec3 } from '../volume/geometry';
import { resize } from '../volume/resize';
import type { Volume, Voxels } from '../volume/volume';
import { FULL } from './blend';
import { passingFlatTiles } from './emptyTiles';
import { foregroundMask, nonzeroBox } from './foreground';
import { gatherPadded } from './gather';
import type { InferenceOptions } from './inferSlabs';
import type { ModelManifest } from './manifest';
import { mirroring } from './mirror';
import type { Network } from './network';
import { intensityMap, normalised, type IntensityMap } from './normalise';
import { centredStart, ScoreBlender } from './scoreBlend';
import { predictionOf, scoringOf } from './scores';
import { nextTask, throwIfCancelled } from './tasks';
import { planTiles } from './tiles';
import { gridAt, ordersOf, regionOnGrid, type GridChange } from './trainingGrid';

/**
 * Run a network as nnU-Net v2 runs it: cut the box of the voxels that are not zero, normalise, resample to the
 * spacing of the training (cubic), run overlapping tiles with zeros around a volume that is smaller than one, blend
 * the logits, resample them to the image (linear), and only then make probabilities of them. Outside the box the
 * probability is 0. The event loop is let in after each tile.
 *
 * Sources: Isensee et al. 2021, Nature Methods 18:203–211, and the behaviour of nnunetv2 2.8.1.
 *
 * @returns probability 0 … 1 as a byte 0 … 255, x fastest; the counts of {@link inferSlabs}
 * @throws CancelledError; InputError those of {@link intensityMap} and of the network's run
 */
export async function inferScores(
  { data, geometry: { dims, spacing } }: Volume,
  manifest: ModelManifest,
  network: Pick<Network, 'run'>,
  { onTile, signal, region }: InferenceOptions = {},
): Promise<{ probability: Uint8Array; tiles: number; skipped: number; bytes: number }> {
  const box: Box = manifest.crop ? nonzeroBox(data, dims) : wholeOf(dims);
  const scoring = scoringOf(predictionOf(manifest));
  const image = prepare(cut(data, dims, box), box.dims, spacing, manifest);
  throwIfCancelled(signal);

  const { patch, overlap } = manifest;
  const plan = planTiles(
    image.dims,
    patch,
    overlap,
    region && regionOnGrid(within(region, box), box.dims, image.dims),
  );
  const blender = new ScoreBlender(plan, scoring.kept);
  const tile = new Float32Array(patch[0] * patch[1] * patch[2]);
  const passing = passingFlatTiles(mirroring(network, manifest));
  const [xs, ys, zs] = plan.starts;
  for (const [tz, z] of zs.entries())
    for (const [ty, y] of ys.entries())
      for (const [tx, x] of xs.entries()) {
        throwIfCancelled(signal);
        const start = startOf([x, y, z], patch, image.dims);
        gatherPadded(image.data, image.dims, start, patch, image.intensities, tile);
        blender.add(scoring.keep(await passing.run(tile), tile.length), [tx, ty, tz]);
        onTile?.(passing.tiles + passing.skipped, plan.count);
        await nextTask();
      }

  const scores = broughtBack(blender.scores, image, box.dims, scoring.kept);
  const n = box.dims[0] * box.dims[1] * box.dims[2];
  const probability = new Uint8Array(data.length);
  for (let z = 0, i = 0; z < box.dims[2]; z++)
    for (let y = 0; y < box.dims[1]; y++) {
      let to = ((box.start[2] + z) * dims[1] + box.start[1] + y) * dims[0] + box.start[0];
      for (let x = 0; x < box.dims[0]; x++, i++, to++)
        probability[to] = Math.round(FULL * scoring.probability(scores, i, n));
    }
  const { tiles, skipped } = passing;
  return { probability, tiles, skipped, bytes: scores.byteLength + probability.byteLength };
}

/** A region of the image as seen from a box of it, which it may leave. */
const within = ({ start, dims }: Box, box: Box): Box => ({
  start: start.map((i, axis) => i - box.start[axis]) as unknown as Vec3,
  dims,
});

const startOf = (start: Vec3, patch: Vec3, dims: Vec3): Vec3 => [
  centredStart(start[0], patch[0], dims[0]),
  centredStart(start[1], patch[1], dims[1]),
  centredStart(start[2], patch[2], dims[2]),
];

/** An image on the grid that the net was trained on, and what is still to be done to its intensities. */
interface Prepared extends GridChange {
  readonly data: Voxels;
  readonly intensities: IntensityMap;
}

const AS_IT_IS: IntensityMap = Object.freeze({
  offset: 0,
  scale: 1,
  low: -Infinity,
  high: Infinity,
});

function prepare(data: Voxels, dims: Vec3, spacing: Vec3, manifest: ModelManifest): Prepared {
  const { normalisation } = manifest;
  const grid = manifest.spacing ? gridAt(dims, spacing, manifest.spacing) : { dims };
  const foreground =
    normalisation.kind === 'z-score' && normalisation.over === 'foreground'
      ? foregroundMask(data, dims)
      : undefined;
  const intensities = intensityMap(data, manifest, foreground);
  const isResampled = grid.dims.some((n, axis) => n !== dims[axis]);
  if (!isResampled && !foreground) return { ...grid, data, intensities };

  const image = normalise(data, intensities, foreground);
  if (!isResampled) return { ...grid, data: image, intensities: AS_IT_IS };
  const { slices } = grid;
  const resampled = resize(image, dims, grid.dims, ordersOf(3, slices), slices);
  return { ...grid, data: resampled, intensities: AS_IT_IS };
}

/** Outside the foreground, where one is given, intensities stay. */
function normalise(
  data: Voxels,
  intensities: IntensityMap,
  foreground: Uint8Array | undefined,
): Float32Array {
  const values = new Float32Array(data.length);
  for (let i = 0; i < data.length; i++)
    values[i] = foreground?.[i] === 0 ? data[i] : normalised(data[i], intensities);
  return values;
}

/** Scores on the grid of the image. */
function broughtBack(
  scores: Float32Array,
  { dims, slices }: GridChange,
  to: Vec3,
  channels: number,
): Float32Array {
  if (dims.every((n, axis) => n === to[axis])) return scores;
  const [from, n] = [dims[0] * dims[1] * dims[2], to[0] * to[1] * to[2]];
  const back = new Float32Array(channels * n);
  for (let c = 0; c < channels; c++)
    back.set(
      resize(scores.subarray(c * from, (c + 1) * from), dims, to, ordersOf(1, slices)),
      c * n,
    );
  return back;
}
