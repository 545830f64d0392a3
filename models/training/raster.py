"""Vessels to voxels: lumen fraction, label and distance to the wall."""

from dataclasses import dataclass

import numpy as np

FAR = 3.0


@dataclass
class Lumen:
    """All arrays [z, y, x]."""

    fraction: np.ndarray  # part of the voxel inside the lumen, 0..1
    wall: np.ndarray  # signed distance to the wall, positive inside, finest-voxel units
    radius: np.ndarray  # radius of the nearest vessel, 0 far from any
    gain: np.ndarray  # signal factor of the nearest vessel
    label: np.ndarray  # bool


def rasterise(vessels, gains, shape, spacing):
    """Draw spheres along the vessels on a grid of anisotropic spacing (array order, finest edge = 1).

    Thick slices are drawn as sub-slices and averaged, so that partial volume is true to the slice
    profile. The label holds voxels that are at least half lumen, and never less than the 26-connected
    chain of voxels the axis passes through.
    """
    shape, spacing = np.asarray(shape), np.asarray(spacing, float)
    sub = np.maximum(1, np.round(spacing)).astype(int)
    fine, edge = shape * sub, spacing / sub
    wall = np.full(fine, -FAR, np.float32)
    radius = np.zeros(fine, np.float32)
    gain = np.ones(fine, np.float32)
    axis_voxels = np.zeros(shape, bool)
    for (points, radii), gain_along in zip(vessels, gains):
        centre = points / edge - 0.5
        reach = (radii[:, None] + 1.5) / edge
        low = np.maximum(np.ceil(centre - reach).astype(int), 0)
        high = np.minimum(np.floor(centre + reach).astype(int) + 1, fine)
        for k in np.flatnonzero((high > low).all(1)):
            box = tuple(slice(a, b) for a, b in zip(low[k], high[k]))
            dz, dy, dx = (((np.arange(s.start, s.stop) - c) * e) ** 2 for s, c, e in zip(box, centre[k], edge))
            inside = radii[k] - np.sqrt(dz[:, None, None] + dy[:, None] + dx).astype(np.float32)
            nearer = inside > wall[box]
            wall[box][nearer] = inside[nearer]
            radius[box][nearer] = radii[k]
            gain[box][nearer] = gain_along[k]
        at = np.floor(points / spacing).astype(int)
        at = at[np.all((at >= 0) & (at < shape), axis=1)]
        axis_voxels[tuple(at.T)] = True
    mean = lambda a: a.reshape(shape[0], sub[0], shape[1], sub[1], shape[2], sub[2]).mean((1, 3, 5))
    fraction = mean(np.clip(wall + 0.5, 0, 1))
    label = (mean((wall > 0).astype(np.float32)) >= 0.5) | axis_voxels
    return Lumen(fraction, mean(wall), mean(radius), mean(gain), label)
