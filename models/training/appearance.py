"""What MR and CT angiography share: resolution, slice spacing, noise, speckle, visibility."""

import numpy as np
from scipy import ndimage


def random_spacing(rng, thickest=3.0):
    """Voxel edges [z, y, x], finest = 1: most clinical angiograms have thick slices along one axis."""
    spacing = np.ones(3)
    if rng.random() < 0.6:
        axis = 0 if rng.random() < 0.7 else rng.integers(1, 3)
        spacing[axis] = rng.uniform(1.2, thickest)
    return spacing


def point_spread(rng, spacing):
    """Blur of the acquisition in voxels per axis."""
    return rng.uniform(0.3, 0.85) * rng.uniform(0.8, 1.2, 3) / np.sqrt(spacing)


def speckle(rng, shape):
    """Bright dots of one to three voxels that are no vessels, height 1."""
    dots = np.zeros(shape, np.float32)
    count = int(rng.uniform(5, 60) * np.prod(shape) / 64**3)
    at = tuple(rng.integers(0, n, count) for n in shape)
    dots[at] = rng.uniform(0.5, 1.5, count)
    width = rng.uniform(0.5, 1.1, 3)
    return ndimage.gaussian_filter(dots, width) * (2 * np.pi) ** 1.5 * width.prod()


def fibres(rng, bank, shape, scale=1):
    """Short streaks along a random axis: muscle, folds of the bowel, motion. About 0 to 2."""
    stretch = np.ones(3)
    stretch[rng.integers(3)] = rng.uniform(0.2, 0.5)
    return np.maximum(ndimage.gaussian_filter(bank.draw(rng, scale, shape, stretch), 0.5) - rng.uniform(0.3, 1.2), 0)


def noise(rng, shape, bank, correlated):
    """Unit Gaussian noise whose level varies over the volume; correlated like interpolated data."""
    field = rng.standard_normal(shape, np.float32)
    if correlated:
        field = ndimage.gaussian_filter(field, rng.uniform(0.3, 0.9, 3), truncate=2.5)
        field /= field.std()
    return field * np.exp(rng.uniform(0, 0.45) * bank.draw(rng, 18, shape))


def visible(label, contrast, noise_level, least=0.18):
    """Label voxels that a reader could see; the rest is ignored in loss and scores.

    `contrast` is the clean image with vessels minus the one without; `least` what it takes without noise. The
    5-voxel maximum keeps walls of visible vessels and short gaps (flow voids) in.
    """
    threshold = np.maximum(least, 2.2 * noise_level)
    return ~label | (ndimage.maximum_filter(contrast, 5) > threshold)
