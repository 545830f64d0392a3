import { rowOf, type Row } from '../rows';
import type { KernelCase } from './cases/files';
import type { Measured } from './measure';
import type { Operation, PeerCall } from './operation';
import { OPERATIONS, type OperationName } from './operations';
import type { PeerMeasured, Peers } from './python';

/** A row with what only this bench measures. */
export interface KernelRow extends Row {
  /** First call in a fresh process; ours_s is the median of the calls after it. */
  readonly ours_cold_s: number;
  readonly ours_cpu_s: number | null;
  readonly peer_cpu_s: number | null;
  /** Whether the figures of the result are the peer's; null where they need not be. */
  readonly same: boolean | null;
}

/** Figures may differ by the rounding of a long sum of 32-bit floats. */
const TOLERANCE = 1e-5;

/** Whether an operation has a meaning on a case. */
export function applies(operation: Operation, on: KernelCase): boolean {
  const flat = on.dims[2] === 1;
  if (flat || operation.on === 'flat') return flat && operation.on === 'flat';
  return operation.on === 'mask' || on.prediction !== null;
}

/**
 * One row for each peer of an operation, or one without a peer.
 *
 * @param place where ours ran, to begin the operation's name with; without, it is Node
 */
export function rowsOf(
  name: OperationName,
  on: KernelCase,
  ours: Measured,
  peers: Peers | undefined,
  place = '',
): KernelRow[] {
  const { title, peers: calls }: Operation = OPERATIONS[name];
  const measured = calls
    .filter(({ cases }) => !cases || cases.includes(on.name))
    .flatMap((call) => {
      const theirs = peers?.measure(call.call, on);
      return theirs ? [{ call, theirs }] : [];
    });
  const row = (peer?: { call: PeerCall; theirs: PeerMeasured }): KernelRow => ({
    ...rowOf(
      place + title,
      on.name,
      { seconds: ours.warm, peakMb: ours.peakMb },
      peer && { peer: peer.call.label, ...peer.theirs },
    ),
    ours_cold_s: ours.cold,
    ours_cpu_s: ours.cpu,
    peer_cpu_s: peer?.theirs.cpu ?? null,
    same: peer?.call.same ? agree(ours.figures, peer.theirs.figures[peer.call.same]) : null,
  });
  return measured.length > 0 ? measured.map(row) : [row()];
}

const agree = (ours: readonly number[], theirs: readonly number[]): boolean =>
  ours.length === theirs.length &&
  ours.every((value, i) => Math.abs(value - theirs[i]) <= TOLERANCE * Math.abs(theirs[i]));

/** A row of a time without processor time, memory and figures. */
export const plainRow = (
  operation: string,
  on: KernelCase,
  { cold, warm }: Pick<Measured, 'cold' | 'warm'>,
  than?: { readonly peer: string; readonly warm: number },
): KernelRow => ({
  ...rowOf(
    operation,
    on.name,
    { seconds: warm, peakMb: null },
    than && { peer: than.peer, seconds: than.warm, peakMb: null },
  ),
  ours_cold_s: cold,
  ours_cpu_s: null,
  peer_cpu_s: null,
  same: null,
});
