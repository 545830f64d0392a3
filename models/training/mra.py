"""MR angiogram simulation: time-of-flight-like and contrast-enhanced-like. Vessel signal is about 1."""

import numpy as np
from scipy import ndimage

from appearance import fibres, noise, point_spread, speckle, visible
from raster import rasterise


def vessel_gains(rng, vessels):
    """Signal along each vessel: saturation in thin ones, flow voids."""
    loss = rng.uniform(0, 0.5)
    gains = []
    for points, radii in vessels:
        gain = rng.uniform(0.75, 1.1) * (1 - loss * np.exp(-radii / 1.3))
        if rng.random() < 0.08:
            along = np.arange(len(points))
            void = np.exp(-(((along - rng.uniform(0, len(points))) / rng.uniform(3, 14)) ** 2))
            gain = gain * (1 - rng.uniform(0.3, 0.9) * void)
        gains.append(gain)
    return gains


def inflow(rng, shape):
    """Slow loss of blood signal towards one end of the volume: saturation, edge of the coil."""
    if rng.random() < 0.5:
        return np.float32(1)
    ways = [np.linspace(rng.uniform(-1, 1), rng.uniform(-1, 1), n) for n in shape]
    ramp = np.add.outer(np.add.outer(ways[0], ways[1]), ways[2])
    return np.clip(1 - rng.uniform(0, 0.5) * (1 + ramp) / 2, 0.4, 1.2).astype(np.float32)


def tissue(rng, field, level):
    """Two tissue classes with texture around `level`, dark fluid."""
    classes = rng.uniform(-0.25, 0.25) * np.tanh(4 * (field(9) + rng.normal(0, 0.7)))
    folds = rng.uniform(-0.2, 0.2) * np.tanh(5 * (field(4) + rng.normal(0, 0.7)))
    image = level * (1 + classes + folds + rng.uniform(0, 0.15) * field(2) + rng.uniform(0, 0.1) * field(1))
    if rng.random() < 0.5:
        image = np.where(field(9) + 0.4 * field(4) > rng.uniform(0.6, 1.8), rng.uniform(0.1, 0.8) * level, image)
    return image


def distractors(rng, bank, field, image, level, contrast_enhanced):
    """Bright things that are no vessels: sheets, blobs, organs, muscle bundles, skin."""
    lift = lambda low, high: level + (1 - level) * rng.uniform(low, high)
    for _ in range(rng.integers(0, 3)):
        sheet = np.abs(field(rng.choice([4, 9])) - rng.normal(0, 0.5)) < rng.uniform(0.05, 0.2)
        image = np.where(sheet & (field(9) > rng.uniform(0.2, 1.2)), lift(0.05, 0.6), image)
    if rng.random() < 0.4:
        image = np.where(field(rng.choice([4, 9])) > rng.uniform(1.8, 2.6), lift(0.1, 0.9), image)
    if rng.random() < (0.5 if contrast_enhanced else 0.15):
        organ = field(18) + 0.1 * field(4) > rng.uniform(0.8, 1.8)
        image = np.where(organ, lift(0.1, 0.8) * (1 + 0.1 * field(2)), image)
    if rng.random() < 0.25:
        image = image + rng.uniform(0.03, 0.15) * np.maximum(field(2) - 1, 0)
    if rng.random() < 0.35:
        streaks = fibres(rng, bank, image.shape, rng.choice([1, 2]))
        image = image + rng.uniform(0.03, 0.2) * (1 - level) * streaks * (field(9) > rng.uniform(-1, 0.5))
    return image


def outside(rng, field, shape, image, vessel_part):
    """Air beyond a skin of fat on one side; returns also where the body is."""
    ramp = np.add.outer(np.add.outer(*(rng.normal(0, 1.5) * np.linspace(-1, 1, n) for n in shape[:2])),
                        rng.normal(0, 1.5) * np.linspace(-1, 1, shape[2]))
    depth = ramp + 0.4 * field(18) + rng.uniform(0.2, 1.8)
    body = depth > 0
    if rng.random() < 0.8:
        fat = body & (depth < rng.uniform(0.08, 0.5))
        image = np.where(fat, rng.uniform(0.25, 1.2) * (1 + 0.12 * field(2)), image)
        if rng.random() < 0.5:
            skull = body & ~fat & (depth < rng.uniform(0.5, 0.8))
            image = np.where(skull, rng.uniform(0.02, 0.3), image)
    image = np.where(body, image, rng.uniform(0, 0.03))
    return image, np.where(body, vessel_part, 0), body


def simulate_mra(rng, bank, vessels, shape, spacing):
    """Image (float32, air 0, vessel about 1), label, and mask of voxels that count; all [z, y, x]."""
    contrast_enhanced = rng.random() < 0.45
    level = rng.uniform(0.04, 0.35) if contrast_enhanced else rng.uniform(0.2, 0.55)
    field = lambda scale: bank.draw(rng, scale, shape, spacing)
    lumen = rasterise(vessels, vessel_gains(rng, vessels), shape, spacing)
    background = distractors(rng, bank, field, tissue(rng, field, level), level, contrast_enhanced)
    mix = lumen.fraction
    body = np.ones(shape, bool)
    if rng.random() < 0.4:
        background, mix, body = outside(rng, field, shape, background, mix)
    laminar = 1 - rng.uniform(0, 0.3) * np.clip(1 - lumen.wall / np.maximum(lumen.radius, 0.5), 0, 1) ** 2
    signal = lumen.gain * laminar * (1 + rng.uniform(0, 0.1) * field(2)) * (1 + rng.uniform(0, 0.12) * field(9))
    signal = signal * inflow(rng, shape)
    # Darker than tissue is never a vessel here: a flow void fades to tissue level at most.
    blood = np.maximum(level + (1 - level) * signal, 0.8 * level)
    if rng.random() < 0.3:
        background = background + rng.uniform(0.1, 0.9) * (1 - level) * speckle(rng, shape)
    spread = point_spread(rng, spacing)
    blur = lambda a: ndimage.gaussian_filter(a.astype(np.float32), spread, truncate=2.5)
    without = blur(background)
    clean = blur(background * (1 - mix) + blood * mix)
    contrast = clean - without
    if rng.random() < 0.2:
        # Pulsation ghosts of bright blood along the phase-encoding axis.
        axis, shift = rng.integers(3), int(rng.integers(8, 30))
        ghost = ndimage.gaussian_filter(np.roll(contrast, shift, axis), 1.0)
        clean = clean + rng.uniform(0.05, 0.25) * ghost
    shading = np.exp(rng.uniform(0, 0.3) * bank.draw(rng, 18, shape))
    if rng.random() < 0.25:
        slab = 1 + rng.uniform(0, 0.15) * np.sin(np.arange(shape[0]) * rng.uniform(0.1, 0.4) + rng.uniform(0, 6))
        shading = shading * slab[:, None, None]
    level_of_noise = rng.uniform(0.01, 0.13) * (1 - level)
    correlated = rng.random() < 0.6
    real, imaginary = (level_of_noise * noise(rng, shape, bank, correlated) for _ in range(2))
    image = np.hypot(clean * shading + real, imaginary)
    if not body.all() and rng.random() < 0.3:
        image = np.where(body, image, 0)  # background set to zero by the scanner
    label = lumen.label & body
    return normalise(rng, image, level), label, visible(label, contrast, level_of_noise)


def normalise(rng, image, level):
    """What (x - median) / (p99.5 - median) of a whole volume may give for this part of it."""
    median = level if rng.random() < 0.65 else rng.uniform(0.0, 1.0) * level
    high = np.exp(rng.normal(-0.1, 0.3))
    return ((image - median) / (max(high - median, 0.25))).astype(np.float32)
