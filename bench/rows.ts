import fs from 'node:fs';
import os from 'node:os';

/** One measured operation on one case, and what a peer needs for the same. */
export interface Row {
  readonly operation: string;
  readonly case: string;
  readonly ours_s: number;
  readonly peer: string | null;
  readonly peer_s: number | null;
  /** peer_s / ours_s. */
  readonly ratio: number | null;
  readonly ours_peak_mb: number | null;
  readonly peer_peak_mb: number | null;
}

/** Time and memory of one side of a {@link Row}. */
export interface Cost {
  readonly seconds: number;
  readonly peakMb: number | null;
}

export const rowOf = (
  operation: string,
  name: string,
  ours: Cost,
  peer?: Cost & { readonly peer: string },
): Row => ({
  operation,
  case: name,
  ours_s: ours.seconds,
  peer: peer?.peer ?? null,
  peer_s: peer?.seconds ?? null,
  ratio: peer ? peer.seconds / ours.seconds : null,
  ours_peak_mb: ours.peakMb,
  peer_peak_mb: peer?.peakMb ?? null,
});

/** The processor, its cores and the runtime, in words. */
export const machine = (): string =>
  `${os.cpus()[0]?.model.trim()}, ${os.cpus().length} cores, Node ${process.versions.node}`;

/** When something was measured. */
export const today = (): string => new Date().toISOString().slice(0, 10);

export const writeJson = (file: string, content: unknown): void =>
  fs.writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
