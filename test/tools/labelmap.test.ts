import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { cache, eventTarget, utilities, type Types } from '@cornerstonejs/core';
import { Enums, segmentation } from '@cornerstonejs/tools';
import {
  hasLabelmap,
  isVessel,
  labelmapReading,
  writeLabelmap,
  type LabelmapTarget,
} from '@vessels/tools/labelmap';

const SOURCES = ['source:a', 'source:b', 'source:c'];

/** 2 × 1 × 3 voxels. */
const target: LabelmapTarget = {
  segmentationId: 'vessels',
  sourceImageIds: SOURCES,
  geometry: {
    dims: [2, 1, 3],
    spacing: [1, 1, 1],
    origin: [0, 0, 0],
    direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  },
};

/** A labelmap whose images are kept in an order of their own. */
function openLabelmap(slices: Readonly<Record<string, readonly number[]>>): void {
  const imageIds = Object.entries(slices).map(([source, values]) => {
    const imageId = `derived:${source}`;
    const scalarData = Uint8Array.from(values);
    const voxelManager = utilities.VoxelManager.createImageVoxelManager({
      width: 2,
      height: 1,
      scalarData,
    });
    const image = { imageId, referencedImageId: source, voxelManager, sizeInBytes: 2 };
    cache.putImageSync(imageId, image as unknown as Types.IImage);
    return imageId;
  });
  segmentation.addSegmentations([
    {
      segmentationId: 'vessels',
      representation: {
        type: Enums.SegmentationRepresentations.Labelmap,
        data: { imageIds, referencedImageIds: Object.keys(slices) },
      },
    },
  ]);
}

function readLabelmap(from: LabelmapTarget): Uint8Array {
  const { mask, slices, readSlice } = labelmapReading(from);
  for (let k = 0; k < slices; k++) readSlice(k);
  return mask;
}

const modified = jest.fn();
const listen = (event: Event) => modified((event as CustomEvent).detail);

beforeEach(() => {
  modified.mockClear();
  eventTarget.addEventListener(Enums.Events.SEGMENTATION_DATA_MODIFIED, listen);
});

afterEach(() => {
  eventTarget.removeEventListener(Enums.Events.SEGMENTATION_DATA_MODIFIED, listen);
  if (hasLabelmap(target)) segmentation.removeSegmentation('vessels');
  cache.purgeCache();
});

describe('labelmapReading', () => {
  test('puts each slice where its source image is, whatever their order', () => {
    openLabelmap({ 'source:c': [0, 1], 'source:a': [1, 0], 'source:b': [1, 1] });
    expect(Array.from(readLabelmap(target))).toEqual([1, 0, 1, 1, 0, 1]);
  });

  test('takes every label, or the one asked for', () => {
    openLabelmap({ 'source:a': [1, 2], 'source:b': [0, 3], 'source:c': [2, 0] });
    expect(Array.from(readLabelmap(target))).toEqual([1, 1, 0, 1, 1, 0]);
    expect(Array.from(readLabelmap({ ...target, segmentIndex: 2 }))).toEqual([0, 1, 0, 0, 1, 0]);
  });

  test('a segmentation that was removed is refused', () => {
    expect(hasLabelmap(target)).toBe(false);
    expect(() => labelmapReading(target)).toThrow('no longer in the viewer');
  });

  test('a labelmap that lacks a slice is refused', () => {
    openLabelmap({ 'source:a': [1, 0], 'source:c': [1, 0] });
    expect(() => readLabelmap(target)).toThrow('slice 2');
  });
});

describe('writeLabelmap', () => {
  test('writes what it is given, and tells the changed slices once', () => {
    openLabelmap({ 'source:c': [0, 0], 'source:a': [1, 0], 'source:b': [0, 0] });
    const mask = Uint8Array.of(1, 0, 0, 1, 1, 1);
    expect(writeLabelmap(target, mask)).toEqual([1, 2]);
    expect(readLabelmap(target)).toEqual(mask);
    expect(modified).toHaveBeenCalledTimes(1);
    expect(modified.mock.calls[0]?.[0]).toMatchObject({ segmentationId: 'vessels' });
  });

  test('says nothing when nothing changes', () => {
    openLabelmap({ 'source:a': [1, 0], 'source:b': [0, 1], 'source:c': [0, 0] });
    expect(writeLabelmap(target, Uint8Array.of(1, 0, 0, 1, 0, 0))).toEqual([]);
    expect(modified).not.toHaveBeenCalled();
  });

  test('keeps other segments where the mask is empty', () => {
    openLabelmap({ 'source:a': [2, 1], 'source:b': [2, 0], 'source:c': [0, 0] });
    writeLabelmap({ ...target, segmentIndex: 1 }, Uint8Array.of(0, 0, 1, 0, 0, 0));
    expect(Array.from(readLabelmap({ ...target, segmentIndex: 2 }))).toEqual([1, 0, 0, 0, 0, 0]);
    expect(Array.from(readLabelmap({ ...target, segmentIndex: 1 }))).toEqual([0, 0, 1, 0, 0, 0]);
  });

  test('a mask of another size is refused', () => {
    openLabelmap({ 'source:a': [0, 0], 'source:b': [0, 0], 'source:c': [0, 0] });
    expect(() => writeLabelmap(target, new Uint8Array(5))).toThrow(RangeError);
  });
});

describe('isVessel', () => {
  test('looks up single voxels, and none outside the grid', () => {
    openLabelmap({ 'source:c': [0, 1], 'source:b': [0, 0], 'source:a': [1, 0] });
    const vessel = isVessel(target);
    expect([vessel([0, 0, 0]), vessel([1, 0, 2]), vessel([1, 0, 0])]).toEqual([true, true, false]);
    expect([vessel([2, 0, 0]), vessel([0, -1, 0]), vessel([0, 0, 3])]).toEqual([
      false,
      false,
      false,
    ]);
  });
});
