import type { ComponentSummary } from '../report';
import { FINDING_LIMITS, SEVERITY, type Draft } from './limits';

/**
 * Components that are small beside the largest one; their volume in mm³.
 *
 * @param components largest first
 */
export function islands(components: readonly ComponentSummary[]): Draft[] {
  const [largest] = components;
  return components
    .filter(({ voxels }) => voxels < FINDING_LIMITS.islandShare * largest.voxels)
    .map(({ position, volume }) => ({
      kind: 'island',
      severity: SEVERITY.island,
      position,
      value: 1000 * volume,
      unit: 'mm³',
    }));
}
