"""Elastic deformation of a crop: the same smooth field on image and label (deformation-aware learning, DS6, 2020)."""

import numpy as np
from scipy import ndimage

KNOTS = 5
# A field that folds or tears a thin vessel is drawn again, gentler.
TRIES, GENTLER = 3, 0.6
CUBE = np.ones((3, 3, 3))


def displacement(rng, shape, reach):
    """Voxels [3, z, y, x] to fetch each voxel from: smooth, up to about `reach`, none on the faces of the box."""
    inner = rng.uniform(-reach, reach, (3,) + (KNOTS,) * 3)
    knots = np.pad(inner, [(0, 0)] + [(1, 1)] * 3)
    at = np.meshgrid(*(np.linspace(0, KNOTS + 1, n) for n in shape), indexing="ij")
    field = np.stack([ndimage.map_coordinates(part, at, order=3, mode="nearest", prefilter=False) for part in knots])
    # The spline reaches a little beyond its knots.
    edge = np.ones(shape)
    for axis, n in enumerate(shape):
        along = np.minimum(np.minimum(np.arange(n), np.arange(n)[::-1]) / 3, 1)
        edge = edge * along.reshape([-1 if a == axis else 1 for a in range(3)])
    return field * edge


def warp(values, field, order):
    """Values fetched from where the field says; order 1 interpolates, 0 takes the nearest."""
    at = np.indices(values.shape) + field
    return ndimage.map_coordinates(values, at, order=order, mode="nearest")


def components(mask):
    return ndimage.label(mask, CUBE)[1]


def elastic(rng, image, target, vessel, reach=4.0):
    """The deformed pair; as it was where no field keeps the number of components of `target & vessel`."""
    pieces = components(target & vessel > 0)
    for _ in range(TRIES):
        field = displacement(rng, image.shape, reach)
        deformed = warp(target, field, 0)
        if components(deformed & vessel > 0) == pieces:
            return warp(image, field, 1), deformed
        reach *= GENTLER
    return image, target
