"""Elastic deformation of a crop: the same smooth field on image and label (deformation-aware learning, DS6, 2020)."""

import numpy as np
from scipy import ndimage

KNOTS = 5
# A field that folds or tears a thin vessel is drawn again, gentler.
TRIES, GENTLER = 3, 0.6
CUBE = np.ones((3, 3, 3))


def spline(n):
    """Weights [n, KNOTS] of a uniform cubic B-spline whose knots lie inside n voxels, evenly apart."""
    far = np.abs(np.linspace(0, KNOTS + 1, n)[:, None] - np.arange(1, KNOTS + 1))
    return np.where(far < 1, 2 / 3 - far**2 + far**3 / 2, np.maximum(2 - far, 0) ** 3 / 6)


def to_faces(n):
    """0 on the first and the last voxel, 1 from the third one on."""
    return np.minimum(np.minimum(np.arange(n), np.arange(n)[::-1]) / 3, 1)


def displacement(rng, shape, reach):
    """Voxels [3, z, y, x] to fetch each voxel from: smooth, less than `reach`, none on the faces of the box."""
    knots = rng.uniform(-reach, reach, (3,) + (KNOTS,) * 3)
    # The spline reaches a little beyond its knots: the faces are held.
    z, y, x = (spline(n) * to_faces(n)[:, None] for n in shape)
    return np.einsum("cijk,zi,yj,xk->czyx", knots, z, y, x, optimize=True)


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
