"""CT angiogram simulation in Hounsfield units, normalised as (HU - 40) / 300."""

import numpy as np
from scipy import ndimage

from appearance import noise, point_spread, speckle, visible
from raster import rasterise

OFFSET, SCALE = 40.0, 300.0


def simulate_cta(rng, bank, vessels, shape, spacing):
    """Normalised image (float32), label, and mask of voxels that count; all [z, y, x]."""
    field = lambda scale: bank.draw(rng, scale, shape, spacing)
    uniform = rng.uniform
    enhancement = uniform(150, 480)
    gains = [uniform(0.9, 1.1) * (1 - 0.25 * np.exp(-radii / 1.3)) for _, radii in vessels]
    lumen = rasterise(vessels, gains, shape, spacing)
    hu = 15 * np.tanh(3 * field(9)) + uniform(2, 14) * field(2) + uniform(-20, 40)
    if rng.random() < 0.6:
        hu = np.where(field(9) + 0.3 * field(4) > uniform(0.4, 1.6), uniform(-140, -60), hu)
    if rng.random() < 0.35:
        hu = np.where(field(18) + 0.05 * field(4) > uniform(0.5, 1.6), uniform(-1000, -780), hu)
    if rng.random() < 0.35:
        organ = field(18) + 0.1 * field(4) > uniform(0.8, 1.8)
        hu = np.where(organ, uniform(0.2, 0.75) * enhancement + 12 * field(2), hu)
    if rng.random() < 0.25:
        hu = np.where(field(9) > uniform(1.4, 2.2), uniform(0.2, 0.9) * enhancement, hu)
    mix = lumen.fraction
    if rng.random() < 0.75:
        hu = add_bone(rng, field, hu)
    blood = enhancement * lumen.gain * (1 + 0.04 * field(2)) + 40
    if rng.random() < 0.2:
        hu = hu + uniform(50, 400) * speckle(rng, shape)
    spread = point_spread(rng, spacing)
    blur = lambda a: ndimage.gaussian_filter(a.astype(np.float32), spread, truncate=2.5)
    without = blur(hu)
    painted = hu * (1 - mix) + blood * mix
    if rng.random() < 0.35:
        plaque = (np.abs(lumen.wall) < 0.9) & (lumen.radius > 1.5) & (field(4) > uniform(1.2, 2))
        painted = np.where(plaque, uniform(450, 1300), painted)
    clean = blur(painted)
    sigma = uniform(6, 45)
    image = clean + sigma * noise(rng, shape, bank, rng.random() < 0.7)
    contrast = np.abs(clean - without) / enhancement
    image = (np.maximum(image, -1024) - OFFSET) / SCALE
    return image.astype(np.float32), lumen.label, visible(lumen.label, contrast, sigma / enhancement)


def add_bone(rng, field, hu):
    """Cortical shells around trabecular cores, and thin plates; vessels pass through or beside them."""
    for _ in range(rng.integers(1, 3)):
        depth = field(rng.choice([9, 18])) + 0.12 * field(4) - rng.uniform(0.3, 1.5)
        core = rng.uniform(80, 450) + rng.uniform(30, 150) * field(2)
        shell = np.abs(depth) < rng.uniform(0.05, 0.25)
        hu = np.where(depth > 0, core, hu)
        hu = np.where(shell, rng.uniform(400, 1500) * (1 + 0.1 * field(2)), hu)
    if rng.random() < 0.35:
        plate = (np.abs(field(9)) < rng.uniform(0.04, 0.14)) & (field(18) > 0.2)
        hu = np.where(plate, rng.uniform(200, 1300), hu)
    return hu
