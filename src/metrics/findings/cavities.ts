import { findCavities } from '../../topology/findCavities';
import { indexToWorld, voxelVolume } from '../../volume/geometry';
import type { Mask } from '../../volume/volume';
import { SEVERITY, type Draft } from './limits';

/** Holes that foreground closes on all sides (6-connected background), largest first; their volume in mm³. */
export function cavities({ data, geometry }: Mask): Draft[] {
  return findCavities(data, geometry.dims).map(({ voxels, middle }) => ({
    kind: 'cavity',
    severity: SEVERITY.cavity,
    position: indexToWorld(geometry, middle),
    value: voxels * voxelVolume(geometry),
    unit: 'mm³',
  }));
}
