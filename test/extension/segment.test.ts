import { describe, expect, it } from '@jest/globals';
import { VESSEL } from '@vessels/dicom/codes';
import { vesselSegment } from '../../extension/src/actions/segment';
import type { Session } from '../../extension/src/context';
import type { VesselResult } from '../../extension/src/state/types';

const LABEL = { name: 'Vessels', type: VESSEL.bloodVessel, color: '#d03c3c' };
const MODEL = { name: 'Net', version: '1.2.0', sha256: '0a'.repeat(32), labels: [LABEL] };

const result = (masks: { mask: number; modelMask: number }) =>
  ({ model: MODEL, threshold: 0.5, ...masks }) as unknown as VesselResult;

const session = (series: { resampled?: string } = {}) =>
  ({ series: { displaySet: { SeriesInstanceUID: '1.3' }, ...series } }) as unknown as Session;

describe('the segment of the vessels', () => {
  it('is AUTOMATIC as the model made it and SEMIAUTOMATIC after an edit', () => {
    const made = vesselSegment(result({ mask: 1, modelMask: 1 }), session());
    const edited = vesselSegment(result({ mask: 2, modelMask: 1 }), session());
    expect([made.algorithmType, edited.algorithmType]).toEqual(['AUTOMATIC', 'SEMIAUTOMATIC']);
    expect(edited.algorithm).toEqual(made.algorithm);
  });

  it('names the model by name, version and sha256, and says that the series was resampled', () => {
    const segment = vesselSegment(
      result({ mask: 1, modelMask: 1 }),
      session({ resampled: 'Tilt mended' }),
    );
    expect(segment.algorithm).toEqual({
      name: 'Net',
      version: '1.2.0',
      parameters: `model sha256 ${MODEL.sha256}, threshold 0.50. Tilt mended`,
    });
  });

  it('says that a part alone was searched', () => {
    const region = { start: [1, 2, 3], dims: [40, 30, 20] } as const;
    const segment = vesselSegment({ ...result({ mask: 1, modelMask: 1 }), region }, session());
    expect(segment.algorithm!.parameters).toMatch(
      /searched 40×30×20 voxels from voxel 1, 2, 3 alone$/,
    );
  });

  it('is followed by one tracking UID over all objects of the series', () => {
    const [first, second] = [1, 2].map((mask) =>
      vesselSegment(result({ mask, modelMask: 1 }), session()),
    );
    expect(first!.tracking).toEqual(second!.tracking);
    expect(first!.tracking!.uid).toMatch(/^2\.25\.\d+$/);
  });
});
