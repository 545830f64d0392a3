"""Vessels in classes by calibre: a multi-class truth that can be read off the image."""

import numpy as np

from raster import rasterise

# Upper ends of the radii of a vessel where it begins, in units of the finest voxel edge; classes are 1, 2, 3, 4.
CALIBRES = (1.3, 2.0, 3.0, np.inf)


def calibre_labels(vessels, shape, spacing, label):
    """The class of each voxel of the label, 0 outside; uint8 [z, y, x]. Where classes meet, the deeper one wins."""
    classes = np.searchsorted(CALIBRES, [radii[0] for _, radii in vessels])
    depth = np.full((len(CALIBRES),) + tuple(shape), -np.inf, np.float32)
    for k in np.unique(classes):
        own = [vessel for vessel, kind in zip(vessels, classes) if kind == k]
        lumen = rasterise(own, [np.ones(len(radii)) for _, radii in own], shape, spacing)
        # A vessel thinner than its slices may be label by its axis alone: nearer to it than to nothing.
        depth[k] = np.where(lumen.label, np.maximum(lumen.wall, 0), lumen.wall)
    return np.where(label, 1 + depth.argmax(0), 0).astype(np.uint8)
