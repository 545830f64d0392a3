import { describe, expect, test } from '@jest/globals';
import { decodePart10 } from '@vessels/dicom/part10';
import { seriesResampling } from '@vessels/dicom/resampleSeries';
import { readSeg, writeSeg } from '@vessels/dicom/seg';
import type { NaturalDataset } from '@vessels/dicom/types';
import { itemsOf } from '@vessels/dicom/values';
import type { Vec3 } from '@vessels/volume/geometry';
import { maskOnGrid } from '@vessels/volume/resampling';
import { gridOf, ORIENTATIONS, seriesOn } from '../../helpers/dicomSeries';
import { refusal } from '../../helpers/refusal';
import { maskOf, requestOn } from '../../helpers/segRequests';

const DIMS: Vec3 = [7, 9, 5];

/** Slices moved along the axes of the patient. */
const moved = (orientation: readonly number[], by: (k: number) => Vec3): NaturalDataset[] =>
  seriesOn(gridOf(DIMS, orientation)).map((slice, k) => ({
    ...slice,
    ImagePositionPatient: (slice.ImagePositionPatient as number[]).map((mm, i) => mm + by(k)[i]!),
  }));

const STACKS = {
  tilted: moved(ORIENTATIONS.axial, (k) => [0.1 * k, 0.5 * k, 0]),
  'tilted the other way, sagittal': moved(ORIENTATIONS.sagittal, (k) => [0, -0.3 * k, 0]),
  'at unequal distances': moved(ORIENTATIONS.axial, (k) => [0, 0, k > 2 ? 0.4 : 0]),
};

describe.each(Object.entries(STACKS))('slices that are %s', (_, instances) => {
  const { resampling, order, note } = seriesResampling(instances);
  const sources = order.map((place) => instances[place]!);
  const labelmap = maskOf(DIMS, [1]);
  const written = (kind: 'BINARY' | 'LABELMAP') =>
    writeSeg({
      ...requestOn(DIMS),
      kind,
      geometry: resampling.slices,
      sources,
      labelmap,
      resampled: note!,
    });

  test.each(['BINARY', 'LABELMAP'] as const)('%s: each frame lies where its image does', (kind) => {
    const { dataset } = decodePart10(written(kind).bytes);
    const frames = itemsOf(dataset, 'PerFrameFunctionalGroupsSequence');
    expect(frames).toHaveLength(3);
    [1, 3, 4].forEach((k, f) =>
      expect(frames[f]).toMatchObject({
        PlanePositionSequence: [{ ImagePositionPatient: sources[k]!.ImagePositionPatient }],
        DerivationImageSequence: [
          {
            SourceImageSequence: [{ ReferencedSOPInstanceUID: sources[k]!.SOPInstanceUID }],
          },
        ],
      }),
    );
  });

  test('the object says how it came about, and not that it is a stack', () => {
    const { dataset } = decodePart10(written('LABELMAP').bytes);
    expect(dataset.ContentDescription).toBe(
      'Vessels, series resampled; research use only, not for diagnosis',
    );
    expect(dataset.ContributingEquipmentSequence).toMatchObject([
      {},
      { ContributionDescription: expect.stringContaining(note!) },
    ]);
    expect(dataset).not.toHaveProperty('DimensionOrganizationType');
    const [shared] = itemsOf(dataset, 'SharedFunctionalGroupsSequence');
    const [measures] = itemsOf(shared!, 'PixelMeasuresSequence');
    expect(measures).not.toHaveProperty('SpacingBetweenSlices');
    expect(measures).toHaveProperty('SliceThickness');
  });

  test('it comes back onto the slices voxel by voxel', () => {
    const read = readSeg(written('BINARY').bytes, resampling.slices, sources);
    expect([...read.labelmap]).toEqual([...labelmap]);
    expect(read.notes).toEqual([]);
  });

  test('a source on the wrong slice is refused', () => {
    const request = { ...requestOn(DIMS), geometry: resampling.slices, resampled: note! };
    const wrong = sources.with(1, sources[2]!).with(2, sources[1]!);
    expect(refusal(() => writeSeg({ ...request, sources: wrong })).code).toBe('seg.source-order');
  });
});

test('on the regular grid a SEG of tilted slices is the mask that was measured there', () => {
  const { resampling, order, note } = seriesResampling(STACKS.tilted);
  const labelmap = maskOf(DIMS, [1]);
  const { bytes } = writeSeg({
    ...requestOn(DIMS),
    geometry: resampling.slices,
    sources: order.map((place) => STACKS.tilted[place]!),
    labelmap,
    resampled: note!,
  });
  const { labelmap: read, notes } = readSeg(bytes, resampling.grid);
  expect([...read]).toEqual([...maskOnGrid(resampling, labelmap)]);
  expect(notes).toHaveLength(1);
});

test('without a word of resampling slices that are no regular grid are refused', () => {
  const { resampling, order } = seriesResampling(STACKS['at unequal distances']);
  const sources = order.map((place) => STACKS['at unequal distances'][place]!);
  const far = sources.map((source, k) => ({
    ...source,
    ImagePositionPatient: [0, 0, k === 4 ? 90 : k],
  }));
  const request = { ...requestOn(DIMS), geometry: resampling.slices, sources: far };
  expect(refusal(() => writeSeg(request)).code).toBe('seg.source-order');
});
