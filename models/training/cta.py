"""CT angiogram simulation in Hounsfield units, normalised as (HU - 40) / 300."""

import numpy as np
from scipy import ndimage

from appearance import noise, point_spread, speckle, visible
from raster import rasterise

OFFSET, SCALE = 40.0, 300.0
# Radius from which blood may mix unevenly, finest voxels.
WIDE = 4


def simulate_cta(rng, bank, vessels, shape, spacing):
    """Normalised image (float32), label, and mask of voxels that count; all [z, y, x]."""
    field = lambda scale: bank.draw(rng, scale, shape, spacing)
    uniform = rng.uniform
    enhancement = np.exp(uniform(np.log(130), np.log(850)))
    # Now and then a vein full of undiluted contrast.
    strength = lambda: uniform(0.85, 1.15) if rng.random() < 0.96 else uniform(1.5, 4)
    gains = [strength() * (1 - 0.25 * np.exp(-radii / 1.3)) for _, radii in vessels]
    lumen = rasterise(vessels, gains, shape, spacing)
    hu, pool = soft_tissue(rng, field, enhancement)
    if rng.random() < 0.75:
        hu = add_bone(rng, field, hu)
    blood = enhancement * lumen.gain * (1 + 0.04 * field(2)) + 40
    is_mixed = rng.random() < 0.5
    if is_mixed:
        blood = uneven_mixing(rng, field, lumen, blood, enhancement)
    if rng.random() < 0.2:
        hu = hu + uniform(50, 400) * speckle(rng, shape)
    spread = point_spread(rng, spacing)
    blur = lambda a: ndimage.gaussian_filter(a.astype(np.float32), spread, truncate=2.5)
    without = blur(hu)
    painted = hu * (1 - lumen.fraction) + blood * lumen.fraction
    if rng.random() < 0.35:
        plaque = (np.abs(lumen.wall) < 0.9) & (lumen.radius > 1.5) & (field(4) > uniform(1.2, 2))
        painted = np.where(plaque, uniform(450, 1300), painted)
    if rng.random() < 0.08:
        stent = (np.abs(lumen.wall) < 0.8) & (lumen.radius > 3) & (np.abs(field(1)) > uniform(0.5, 1.5))
        painted = np.where(stent, uniform(800, 3000), painted)
    clean = blur(painted)
    if rng.random() < 0.08:
        clean = add_metal(rng, clean, ~lumen.label)
    sigma = uniform(6, 60)
    image = clean + sigma * noise(rng, shape, bank, rng.random() < 0.7)
    contrast = np.abs(clean - without) / enhancement
    if is_mixed:
        # A lumen without contrast is told from what lies around the whole vessel.
        contrast = np.maximum(contrast, lumen.fraction * (lumen.radius > WIDE))
    image = (np.maximum(image, -1024) - OFFSET) / SCALE
    counts = visible(lumen.label, contrast, sigma / enhancement) & (lumen.label | ~pool)
    return image.astype(np.float32), lumen.label, counts


def soft_tissue(rng, field, enhancement):
    """Muscle and brain with fat, lung or air, enhanced organs, chambers of the heart and the table below.

    Also which voxels are blood in a chamber: in a tile it cannot be told from a wide vessel, so it does not count.
    """
    uniform = rng.uniform
    pool = np.zeros((), bool)
    hu = 15 * np.tanh(3 * field(9)) + uniform(2, 14) * field(2) + uniform(-20, 60)
    if rng.random() < 0.6:
        hu = np.where(field(9) + 0.3 * field(4) > uniform(0.4, 1.6), uniform(-140, -60), hu)
    if rng.random() < 0.4:
        hu = np.where(field(18) + 0.05 * field(4) > uniform(0.0, 1.6), uniform(-1000, -780), hu)
    if rng.random() < 0.45:
        organ = field(18) + 0.1 * field(4) > uniform(0.8, 1.8)
        hu = np.where(organ, uniform(0.2, 0.75) * enhancement + 12 * field(2), hu)
    if rng.random() < 0.25:
        hu = np.where(field(9) > uniform(1.4, 2.2), uniform(0.2, 0.75) * enhancement, hu)
    if rng.random() < 0.25:
        pool = field(18) + 0.25 * field(4) > uniform(0.6, 1.8)
        hu = np.where(pool, uniform(0.6, 1.2) * enhancement * (1 + 0.1 * field(2)), hu)
    if rng.random() < 0.06:
        row = rng.integers(hu.shape[1])
        hu[:, row:] = -1000
        hu[:, row : row + rng.integers(1, 4)] = uniform(-200, 150)
    return hu, pool


def uneven_mixing(rng, field, lumen, blood, enhancement):
    """Wide vessels: contrast that settles in layers, or a dissection with a flap between two lumens."""
    wide = lumen.radius > WIDE
    if rng.random() < 0.35:
        return np.where(wide, blood + enhancement * rng.uniform(0.1, 0.35) * np.tanh(2 * field(9)), blood)
    split = field(18) + rng.normal(0, 0.2)
    slow = split > 0
    blood = np.where(wide & slow, 40 + (blood - 40) * rng.uniform(0.05, 0.9), blood)
    return np.where(wide & (np.abs(split) < rng.uniform(0.02, 0.06)), 50, blood)


def add_bone(rng, field, hu):
    """Cortical shells around trabecular cores, and thin plates; vessels pass through or beside them."""
    for _ in range(rng.integers(1, 3)):
        depth = field(rng.choice([9, 18])) + 0.12 * field(4) - rng.uniform(0.3, 1.5)
        core = rng.uniform(80, 450) + rng.uniform(5, 150) * field(2)
        shell = np.abs(depth) < rng.uniform(0.05, 0.25)
        hu = np.where(depth > 0, core, hu)
        hu = np.where(shell, rng.uniform(400, 1500) * (1 + 0.1 * field(2)), hu)
    if rng.random() < 0.35:
        plate = (np.abs(field(9)) < rng.uniform(0.04, 0.14)) & (field(18) > 0.2)
        hu = np.where(plate, rng.uniform(200, 1300), hu)
    return hu


def add_metal(rng, image, free):
    """A clip or coil outside the lumen, with streaks that fade with the distance in its slices."""
    at = np.argwhere(free)[rng.integers(free.sum())]
    z, y, x = (np.arange(n) - c for n, c in zip(image.shape, at))
    distance = np.sqrt(z[:, None, None] ** 2 * 4 + y[:, None] ** 2 + x**2) + 1
    angle = np.arctan2(y[:, None], x)
    streaks = np.cos(rng.integers(3, 9) * angle + rng.uniform(0, 6)) + 0.6 * np.cos(rng.integers(9, 19) * angle)
    image = image + rng.uniform(300, 1500) * streaks * rng.uniform(1.5, 4) / distance / (1 + z[:, None, None] ** 2)
    return np.where((distance < rng.uniform(1.8, 4)) & free, rng.uniform(2000, 3000), image)
