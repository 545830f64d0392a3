import { extractCenterlines } from '../centerline/extract';
import { topologyOf, topologyWith } from '../metrics/pair';
import { qcReport } from '../metrics/qc';
import type { FasterThinning } from '../skeleton/webgpu/fasterThinning';
import type { Mask } from '../volume/volume';
import type { Analysis, Stage } from './protocol';
import type { Stages } from './stages';

/** The stages of {@link analyseMask}. */
export const ANALYSIS_STAGES: readonly Stage[] = Object.freeze(['skeleton', 'centerline', 'qc']);

/**
 * Centerlines and QC of a mask, each a stage of its own.
 *
 * @param reference a mask on the same grid, to compare with
 * @param thinning where it may be faster than here
 * @throws CancelledError; InputError of the kernels
 */
export async function analyseMask(
  mask: Mask,
  reference: Uint8Array | undefined,
  stages: Stages,
  thinning?: FasterThinning,
): Promise<Analysis> {
  const { dims } = mask.geometry;
  const topology = await stages.run('skeleton', () =>
    thinning
      ? topologyWith(mask.data, dims, (volume) => thinning.thin(volume))
      : topologyOf(mask.data, dims),
  );
  const { skeleton } = topology;
  const graph = await stages.run('centerline', () => extractCenterlines(mask, skeleton));
  const qc = await stages.run('qc', () => qcReport(mask, graph, reference, topology));
  return { graph, qc };
}
