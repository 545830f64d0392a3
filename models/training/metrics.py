"""Scores of a mask against a reference; masks are bool [z, y, x]."""

import numpy as np
from scipy import ndimage
from skimage.measure import euler_number
from skimage.morphology import skeletonize

FULL = np.ones((3, 3, 3), bool)


def betti(mask):
    """(b0, b1, b2): foreground 26-connected, background 6-connected."""
    mask = np.pad(mask, 1)
    components = ndimage.label(mask, FULL)[1]
    cavities = ndimage.label(~mask)[1] - 1
    return components, components + cavities - int(euler_number(mask, connectivity=3)), cavities


def dice(mask, truth):
    total = mask.sum() + truth.sum()
    return float(2 * (mask & truth).sum() / total) if total else 0.0


def cl_dice(mask, truth):
    """Centerline Dice with Lee skeletons; 0 where a skeleton is empty."""
    # Lee thinning depends on the order of the axes; x, y, z makes values comparable with TopCoW's.
    skeleton = lambda m: np.transpose(skeletonize(np.ascontiguousarray(m.T), method="lee")) > 0
    own, true = skeleton(mask), skeleton(truth)
    if not own.any() or not true.any():
        return 0.0
    precision, sensitivity = (own & truth).sum() / own.sum(), (true & mask).sum() / true.sum()
    total = precision + sensitivity
    return float(2 * precision * sensitivity / total) if total else 0.0


def scores(mask, truth):
    mine, theirs = betti(mask), betti(truth)
    result = {"dice": round(dice(mask, truth), 4), "clDice": round(cl_dice(mask, truth), 4)}
    return result | {f"b{k}Error": abs(mine[k] - theirs[k]) for k in range(3)}


def drop_small(mask, voxels):
    """The mask without 26-connected components of fewer than `voxels` voxels."""
    labels, count = ndimage.label(mask, FULL)
    sizes = np.bincount(labels.ravel(), minlength=count + 1)
    keep = sizes >= voxels
    keep[0] = False
    return keep[labels]


def largest_component(mask):
    labels, count = ndimage.label(mask, FULL)
    if not count:
        return mask
    return labels == 1 + np.argmax(np.bincount(labels.ravel())[1:])


def hysteresis(probability, low, high):
    """Components above `low` that reach `high` somewhere."""
    labels, count = ndimage.label(probability > low, FULL)
    reached = np.zeros(count + 1, bool)
    reached[np.unique(labels[probability > high])] = True
    reached[0] = False
    return reached[labels]
