"""Masks to thin: clean ones from the generator, and rough ones as a segmentation net gives them."""

import numpy as np
from scipy import ndimage
from skimage.morphology import skeletonize

VESSEL = 1
# Voxels of a skeleton for each tunnel, cut and bridge.
SPARSE = 200


def signed_distance(mask):
    inside = ndimage.distance_transform_edt(mask)
    return inside - ndimage.distance_transform_edt(~mask) + np.where(mask, -0.5, 0.5)


def skeleton_of(mask):
    """Lee's in volumes, Zhang and Suen's in images; bool."""
    return skeletonize(mask, method="lee" if mask.ndim == 3 else "zhang") > 0


def stamp(mask, centre, radius, value):
    """Set the voxels of a ball."""
    first = np.maximum(0, np.floor(np.subtract(centre, radius)).astype(int))
    box = tuple(slice(f, int(c + radius) + 1) for f, c in zip(first, centre))
    distances = sum((g + f - c) ** 2 for g, f, c in zip(np.ogrid[tuple(map(slice, mask[box].shape))], first, centre))
    mask[box][distances <= radius**2] = value


def bumpy(rng, distance):
    """A surface that is moved by up to about 1.3 voxels (standard deviation)."""
    noise = ndimage.gaussian_filter(
        rng.standard_normal(distance.shape, np.float32), rng.uniform(0.5, 1.5), truncate=3
    )
    return distance + noise * (rng.uniform(0.3, 1.3) / noise.std()) > 0


def bridge(rng, mask, inside, distance):
    """A link from a vessel to another one, or back to itself, that is near."""
    start = rng.choice(inside)
    end = rng.choice(inside[np.abs(inside - start).max(1) < 9])
    if distance[tuple((start + end) // 2)] > -1:
        return
    radius = rng.uniform(0.5, 1.2)
    for part in np.linspace(0, 1, 20):
        stamp(mask, start + part * (end - start), radius, True)


def roughen(rng, clean, skeleton):
    """The mask with a bumpy surface, tunnels and hollows, cuts, bridges and specks."""
    distance = signed_distance(clean)
    rough = bumpy(rng, distance)
    if rng.random() < 0.7:
        rough |= skeleton
    inside, line = np.argwhere(clean), np.argwhere(skeleton)
    often = len(line) / SPARSE
    for _ in range(rng.poisson(often)):
        stamp(rough, rng.choice(inside) + rng.uniform(-0.5, 0.5, clean.ndim), rng.uniform(0.5, 1.5), False)
    for _ in range(rng.poisson(often)):
        centre = rng.choice(line)
        # Wide vessels are not cut in two.
        if distance[tuple(centre)] < 3:
            stamp(rough, centre, distance[tuple(centre)] + rng.uniform(0.5, 1.5), False)
    for _ in range(rng.poisson(often)):
        bridge(rng, rough, inside, distance)
    for _ in range(rng.poisson(3)):
        stamp(rough, rng.uniform(0, clean.shape), rng.uniform(0.5, 2), True)
    return rough


def clean_mask(rng, labels, dimensions):
    """A mask from labels [z, y, x]: all of them, or a slab seen along an axis."""
    mask = (labels & VESSEL > 0).transpose(rng.permutation(3))
    if dimensions == 2:
        first = rng.integers(len(mask))
        mask = mask[first : first + rng.integers(1, len(mask))].any(0)
    return np.ascontiguousarray(mask)


def example(rng, labels, dimensions):
    """(mask, skeleton of the clean mask inside it), bool; one mask of five is clean."""
    clean = clean_mask(rng, labels, dimensions)
    skeleton = skeleton_of(clean)
    mask = roughen(rng, clean, skeleton) if skeleton.any() and rng.random() < 0.8 else clean
    return mask, skeleton & mask


def likeness_of(mask, skeleton, narrowest=0.6, share=0.25):
    """[n] of the voxels of a mask: a bell over the skeleton, as wide as a vessel's radius has it.

    In a wide vessel nobody can tell to a voxel where the line runs; asked for the line itself, a net that is not sure
    answers with nothing.
    """
    far, (nearest) = ndimage.distance_transform_edt(~skeleton, return_indices=True)
    radius = ndimage.distance_transform_edt(mask)[tuple(nearest)]
    return np.exp(-((far / (narrowest + share * radius)) ** 2) / 2)[mask].astype(np.float32)
