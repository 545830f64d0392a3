import type { Geometry } from '../volume/geometry';
import { irregularity } from './regularity';
import { sliceStack } from './sliceStack';
import type { NaturalDataset } from './types';

/** A checked series: its grid, and which instance is which slice. */
export interface SeriesGeometry {
  readonly geometry: Geometry;
  /** order[k] is the place of slice k in the list of instances. */
  readonly order: readonly number[];
}

/**
 * The grid of a series of single-frame slices, and the order of the slices, whatever the order of the instances: see
 * {@link sliceStack}.
 *
 * @throws InputError, SeriesError those of {@link sliceStack}
 * @throws SeriesError `series.gantry-tilt`, `series.irregular-spacing`, with `resample`: `resampleSeries` can make a
 *   regular grid of it
 */
export function seriesGeometry(instances: readonly NaturalDataset[]): SeriesGeometry {
  const stack = sliceStack(instances);
  const fault = irregularity(stack);
  if (fault) throw fault;
  const { slices, axes, pixelSpacing, heights } = stack;
  const [first] = slices;
  return {
    geometry: {
      dims: [first!.columns, first!.rows, slices.length],
      spacing: [...pixelSpacing, (heights.at(-1)! - heights[0]!) / (slices.length - 1)],
      origin: first!.position,
      direction: axes.flat(),
      frameOfReferenceUID: first!.frameOfReference,
    },
    order: slices.map(({ index }) => index),
  };
}
