import { cache, type Types } from '@cornerstonejs/core';
import { segmentation } from '@cornerstonejs/tools';
import { differences } from '../volume/differences';
import { InputError } from '../volume/errors';
import type { Geometry, Vec3 } from '../volume/geometry';
import type { Resampling } from '../volume/resampling';

/** A labelmap segmentation in the viewer, seen on the grid of its source volume. */
export interface LabelmapTarget {
  readonly segmentationId: string;
  /** The grid on which masks are exchanged. */
  readonly geometry: Geometry;
  /** Where the slices really lie when they are no regular grid; `geometry` is then their nominal one. */
  readonly resampling?: Resampling;
  /** Source image of every slice of the grid, in the order of k. */
  readonly sourceImageIds: readonly string[];
  /** Value of the vessel's voxels in the labelmap; 1 unless said. Reading takes every value but 0 when it is absent. */
  readonly segmentIndex?: number;
}

/** Whether the segmentation exists in the viewer and has a labelmap. */
export const hasLabelmap = ({ segmentationId }: Pick<LabelmapTarget, 'segmentationId'>): boolean =>
  Boolean(segmentation.state.getSegmentation(segmentationId)?.representationData.Labelmap);

interface LabelmapSlice {
  readonly imageId: string;
  readonly voxels: Types.IVoxelManager<number>;
}

/**
 * The labelmap's slices in the order of the grid. The order of a labelmap's images is its own, so each is found
 * by the source image that it refers to.
 */
function labelmapSlices(target: LabelmapTarget): LabelmapSlice[] {
  if (!hasLabelmap(target))
    throw new InputError(
      'labelmap.missing',
      'The vessel segmentation is no longer in the viewer; run the model again.',
    );
  const { segmentationId, sourceImageIds } = target;
  const bySource = new Map<string | undefined, LabelmapSlice>();
  for (const imageId of segmentation.getLabelmapImageIds(segmentationId) ?? []) {
    const image = cache.getImage(imageId);
    if (image)
      bySource.set(image.referencedImageId, {
        imageId,
        voxels: image.voxelManager as Types.IVoxelManager<number>,
      });
  }
  return sourceImageIds.map((imageId, k) => {
    const slice = bySource.get(imageId);
    if (!slice)
      throw new InputError(
        'labelmap.missing-slice',
        `The segmentation has no image for slice ${k + 1} of the series; create it again from this series.`,
      );
    return slice;
  });
}

/** The frames of the volume that shows these images of a labelmap, or their plain order where none does yet. */
function textureFrames(imageIds: readonly string[]): number[] {
  const shown = cache.getVolumes().find((volume) => volume.imageIds?.includes(imageIds[0]));
  return shown ? imageIds.map((imageId) => shown.imageIds.indexOf(imageId)) : [];
}

/** A labelmap that is read slice by slice, so that others can have their turn meanwhile. */
export interface LabelmapReading {
  /** 0 or 1, x fastest, on the target's grid: that of the slices that were read. */
  readonly mask: Uint8Array;
  readonly slices: number;
  /** Read slice k, once. */
  readSlice(k: number): void;
}

/**
 * Begin to read the labelmap as one mask.
 * @throws InputError `labelmap.missing`, `labelmap.missing-slice`
 */
export function labelmapReading(target: LabelmapTarget): LabelmapReading {
  const [nx, ny, nz] = target.geometry.dims;
  const { segmentIndex } = target;
  const slices = labelmapSlices(target);
  const mask = new Uint8Array(nx * ny * nz);
  return {
    mask,
    slices: nz,
    readSlice(k) {
      const values = slices[k].voxels.getScalarData();
      const into = mask.subarray(k * nx * ny, (k + 1) * nx * ny);
      const nextLabel = differences(values, into);
      for (let i = nextLabel(0); i < into.length; i = nextLabel(i + 1))
        if (segmentIndex === undefined || values[i] === segmentIndex) into[i] = 1;
    },
  };
}

/**
 * Write a mask into the labelmap: only slices that change are touched, and the viewer hears of the change once.
 * Voxels of other segments are overwritten where the mask is 1 and kept where it is 0.
 * @param mask 0 or 1, x fastest, on the target's grid
 * @returns indices k of the slices that changed
 * @throws InputError `labelmap.missing`, `labelmap.missing-slice`; RangeError when the mask has another size than the grid
 */
export function writeLabelmap(target: LabelmapTarget, mask: Uint8Array): number[] {
  const [nx, ny, nz] = target.geometry.dims;
  if (mask.length !== nx * ny * nz)
    throw new RangeError(`mask of ${mask.length} voxels on a grid of ${nx * ny * nz}`);
  const label = target.segmentIndex ?? 1;
  const changed: number[] = [];
  const slices = labelmapSlices(target);
  slices.forEach((slice, k) => {
    const values = slice.voxels.getScalarData();
    const from = mask.subarray(k * nx * ny, (k + 1) * nx * ny);
    const nextDifference = differences(values, from);
    let differs = false;
    for (let i = nextDifference(0); i < from.length; i = nextDifference(i + 1)) {
      const is = values[i];
      const next = from[i] ? label : is === label ? 0 : is;
      if (next === is) continue;
      values[i] = next;
      differs = true;
    }
    if (differs) changed.push(k);
  });
  if (changed.length > 0)
    segmentation.triggerSegmentationEvents.triggerSegmentationDataModified(
      target.segmentationId,
      textureFrames(changed.map((k) => slices[k].imageId)),
      label,
    );
  return changed;
}

/** Whether the voxel (i, j, k) belongs to the vessel; false outside the grid. */
export function isVessel(target: LabelmapTarget): (voxel: Vec3) => boolean {
  const slices = labelmapSlices(target);
  const [nx, ny, nz] = target.geometry.dims;
  return ([i, j, k]) => {
    if (i < 0 || j < 0 || k < 0 || i >= nx || j >= ny || k >= nz) return false;
    const value = slices[k].voxels.getAtIndex(j * nx + i);
    return target.segmentIndex === undefined ? value !== 0 : value === target.segmentIndex;
  };
}
