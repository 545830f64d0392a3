import type { CheckedSeries } from '../viewer/series';
import { maskOnGrid, maskOnSlices } from '@vessels/volume/resampling';

type Grids = Pick<CheckedSeries, 'resampling'>;

/** A mask of the slices on the regular grid that vessels are measured on: itself where the slices are that. */
export const toGrid = ({ resampling }: Grids, mask: Uint8Array): Uint8Array =>
  resampling ? maskOnGrid(resampling, mask) : mask;

/** A mask of the regular grid on the slices, as it is shown and stored. */
export const toSlices = ({ resampling }: Grids, mask: Uint8Array): Uint8Array =>
  resampling ? maskOnSlices(resampling, mask) : mask;
