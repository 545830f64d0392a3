import { loadModelFile } from '../inference/modelFile';
import type { Network } from '../inference/network';
import type { PipelineDeps } from './pipeline';
import type { SegmentRequest } from './protocol';
import type { Stages } from './stages';

/** The network of the last run when it is the wanted one; else the model is fetched and loaded. */
export async function openNetwork(
  { model: { manifest, file }, backend = 'auto' }: Pick<SegmentRequest, 'model' | 'backend'>,
  { networks, fetch }: PipelineDeps,
  stages: Stages,
  signal: AbortSignal | undefined,
): Promise<Network> {
  const wanted = { manifest, backend };
  const known = networks.find(wanted);
  if (known) return known;
  const bytes = await stages.run('load', (onProgress) =>
    loadModelFile(file, manifest, { onProgress, signal, fetch }),
  );
  return stages.run('compile', () => networks.open(wanted, bytes));
}
