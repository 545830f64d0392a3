"""Masks to thin: clean ones from the generator, and rough ones as a segmentation net gives them."""

import numpy as np
from scipy import ndimage
from skimage.morphology import skeletonize

VESSEL = 1


def signed_distance(mask):
    inside = ndimage.distance_transform_edt(mask)
    return inside - ndimage.distance_transform_edt(~mask) + np.where(mask, -0.5, 0.5)


def skeleton_of(mask):
    """Lee's in volumes, Zhang and Suen's in images; bool."""
    return skeletonize(mask, method="lee" if mask.ndim == 3 else "zhang") > 0


def roughen(rng, mask, skeleton):
    """The mask with bumps and dents of its surface; the skeleton stays inside."""
    noise = ndimage.gaussian_filter(rng.standard_normal(mask.shape), rng.uniform(0.5, 1.5))
    noise *= rng.uniform(0.3, 1.3) / noise.std()
    return (signed_distance(mask) + noise > 0) | skeleton


def crop(rng, labels, size, dimensions):
    """A clean mask from labels [z, y, x]: a cube, or a slab seen along an axis; turned and mirrored."""
    while True:
        start = rng.integers(0, np.array(labels.shape) - size + 1)
        mask = labels[tuple(slice(s, s + size) for s in start)] & VESSEL > 0
        mask = mask.transpose(rng.permutation(3))[tuple(slice(None, None, rng.choice([-1, 1])) for _ in range(3))]
        if dimensions == 2:
            first = rng.integers(size - 12)
            mask = mask[first : first + rng.integers(1, 12)].any(0)
        if mask.mean() > 0.003:
            return np.ascontiguousarray(mask)


def example(rng, labels, size, dimensions):
    """(mask, skeleton of the clean mask), bool; every other mask is rough."""
    clean = crop(rng, labels, size, dimensions)
    skeleton = skeleton_of(clean)
    return (roughen(rng, clean, skeleton) if rng.random() < 0.6 else clean), skeleton
