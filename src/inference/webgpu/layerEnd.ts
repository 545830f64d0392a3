import { dispatch } from '../../webgpu/dispatch';
import { finishedSlices, type TilePlan } from '../tiles';
import type { LayerResult } from './layer';
import { finishedRows, readBackOf, RUNS_PER_ROW, type LayerBuffer } from './layerBuffers';
import { fromRows } from './params';
import { readRuns } from './readRuns';
import { ROW_OF_GROUPS, WORKGROUP, type LayerPipelines } from './shaders';

/** A layer that ends, and what of it is read back. */
export interface LayerEnd {
  readonly plan: TilePlan;
  readonly tz: number;
  /** Whether the runs of vessels are asked for. */
  readonly hasRuns: boolean;
  readonly at: ReturnType<typeof readBackOf>;
}

/** Makes bytes, and runs, of the finished slices and copies all to be read back; the clock's moments aside. */
export function encodeEnd(
  device: GPUDevice,
  encoder: GPUCommandEncoder,
  { finish, runs }: Pick<LayerPipelines, 'finish' | 'runs'>,
  of: Readonly<Record<LayerBuffer, GPUBuffer>>,
  { plan, tz, hasRuns, at }: LayerEnd,
): void {
  const groups = Math.ceil(at.finished / 4 / WORKGROUP);
  dispatch(
    device,
    encoder,
    finish,
    [of.finishParams, of.sums, of.coarse, of.finished],
    [Math.min(groups, ROW_OF_GROUPS), Math.ceil(groups / ROW_OF_GROUPS)],
  );
  encoder.copyBufferToBuffer(of.finished, 0, of.readBack, 0, at.finished);
  const kept = of.sums.size - at.carried;
  if (at.carried > 0)
    encoder.copyBufferToBuffer(of.sums, kept, of.readBack, at.finished, at.carried);
  encoder.copyBufferToBuffer(of.wrong, 0, of.readBack, at.wrong, 4);
  if (!hasRuns) return;
  const rows = finishedRows(plan, tz);
  encoder.clearBuffer(of.taken);
  dispatch(
    device,
    encoder,
    runs,
    [of.runParams, of.finished, of.rows, of.runs, of.taken],
    [Math.ceil(rows / WORKGROUP), 1],
  );
  encoder.copyBufferToBuffer(of.rows, 0, of.readBack, at.rows, 8 * rows);
  encoder.copyBufferToBuffer(of.runs, 0, of.readBack, at.runs, 4 * RUNS_PER_ROW * rows);
  encoder.copyBufferToBuffer(of.taken, 0, of.readBack, at.taken, 4);
}

/** What {@link encodeEnd} copied. */
export function readEnd(
  mapped: ArrayBuffer,
  { plan, tz, hasRuns, at }: LayerEnd,
): Pick<LayerResult, 'probability' | 'carried' | 'runs'> {
  const [nx, ny] = plan.dims;
  return {
    probability: new Uint8Array(mapped, 0, nx * ny * finishedSlices(plan, tz)).slice(),
    carried: fromRows(new Uint16Array(mapped, at.finished, at.carried / 2), nx),
    ...(hasRuns && runsIn(mapped, at)),
  };
}

/** None where they had no room. */
function runsIn(mapped: ArrayBuffer, at: LayerEnd['at']): Pick<LayerResult, 'runs'> {
  const packed = new Uint32Array(mapped, at.runs, (at.taken - at.runs) / 4);
  const [taken] = new Uint32Array(mapped, at.taken, 1);
  if (taken > packed.length) return {};
  return { runs: readRuns(new Uint32Array(mapped, at.rows, (at.runs - at.rows) / 4), packed) };
}
