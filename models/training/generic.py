"""Domain-randomised images of vessels: anything bright on dark, and some dark on bright.

Not a model of one device. Intensity relations, resolution, noise and artefacts vary far beyond what any of them
shows, so that two-photon and light-sheet microscopy lie inside. Vessel signal is about 1.
"""

import numpy as np
from scipy import ndimage

from appearance import fibres, noise, speckle, visible
from raster import Lumen, rasterise


# Slices so many times as thick as the pixels are those of a microscope's stack.
THICK = 2.5


def vessel_gains(rng, vessels):
    """Brightness of each vessel: one level each, thin ones fainter or not, patchy along the way."""
    spread, loss = rng.uniform(0, 0.7), rng.uniform(0, 0.5)
    gains = []
    for points, radii in vessels:
        gain = np.exp(rng.normal(0, spread)) * (1 - loss * np.exp(-radii / 1.5))
        if rng.random() < 0.3:
            gain = gain * (1 + rng.uniform(0, 0.5) * np.sin(np.arange(len(points)) * rng.uniform(0.1, 1.2)))
        gains.append(np.clip(gain, 0.15, 2))
    return gains


def background_of(rng, bank, field, shape, level):
    """Texture at all scales around `level`, with sheets, blobs and streaks that are no vessels."""
    texture = sum(rng.exponential(0.07) * field(scale) for scale in (1, 2, 4, 9, 18))
    image = level * np.exp(np.clip(texture, -1.5, 1.5))
    image = image * min(1, rng.uniform(0.35, 0.85) / np.percentile(image, 99))
    lift = lambda: level + (1 - level) * rng.uniform(0.1, 0.7)
    if rng.random() < 0.25:
        sheet = np.abs(field(rng.choice([4, 9])) - rng.normal(0, 0.5)) < rng.uniform(0.05, 0.25)
        image = np.where(sheet & (field(9) > rng.uniform(0, 1.2)), lift(), image)
    if rng.random() < 0.35:
        image = np.where(field(rng.choice([2, 4, 9])) > rng.uniform(1.9, 2.8), lift(), image)
    if rng.random() < 0.25:
        streaks = fibres(rng, bank, shape, rng.choice([1, 2]))
        image = image + rng.uniform(0.03, 0.3) * (1 - level) * streaks
    return image


def tails(rng, image):
    """Shadows of bright things along one axis: projection artefacts of OCT, light scattered downwards."""
    axis, decay = rng.integers(3), rng.uniform(0.5, 0.92)
    moved = np.moveaxis(image, axis, 0)
    out, carried = np.empty_like(moved), np.zeros_like(moved[0])
    for k, plane in enumerate(moved):
        out[k] = carried
        carried = decay * np.maximum(carried, plane)
    return np.moveaxis(out, 0, axis)


def smeared(rng, lumen):
    """Light from out of focus: vessels go on along the depth, fainter and fainter, and are labelled as far as they are
    seen (two-photon stacks)."""
    decay, seen = rng.uniform(0.6, 0.96), rng.uniform(0.1, 0.35)
    parts = fraction, wall, radius, gain = [a.copy() for a in (lumen.fraction, lumen.wall, lumen.radius, lumen.gain)]
    for way in (1, -1) if rng.random() < 0.6 else (rng.choice([-1, 1]),):
        for k in range(1, len(fraction)):
            here, before = slice(None, None, way), decay * fraction[::way][k - 1]
            brighter = before > fraction[here][k]
            for values in (wall, radius, gain):
                values[here][k][brighter] = values[here][k - 1][brighter]
            fraction[here][k] = np.maximum(fraction[here][k], before)
    return Lumen(*parts, lumen.label | (fraction >= seen))


def grain(rng, bank, clean, shape):
    """Noise of any kind: additive, growing with the signal, multiplicative; and its level per voxel."""
    strength = np.exp(rng.uniform(np.log(0.01), np.log(0.35)))
    correlated = rng.random() < 0.5
    kind = rng.choice(["additive", "shot", "speckle"])
    factor = {"additive": 1.0, "shot": np.sqrt(np.maximum(clean, 0.02)), "speckle": np.maximum(clean, 0.05)}[kind]
    level = strength * np.asarray(factor, np.float32)
    grains = noise(rng, shape, bank, correlated)
    if rng.random() < 0.3:  # lines of a scanner
        grains = ndimage.gaussian_filter1d(grains, rng.uniform(0.8, 2.5), axis=rng.integers(3))
        grains /= grains.std()
    return level * grains, level


def simulate_generic(rng, bank, vessels, shape, spacing):
    """Image (float32), label, and mask of voxels that count; all [z, y, x]."""
    is_stack = spacing[0] > THICK
    level = np.exp(rng.uniform(np.log(0.02), np.log(0.2 if is_stack else 0.55)))
    field = lambda scale: bank.draw(rng, scale, shape, spacing)
    lumen = rasterise(vessels, vessel_gains(rng, vessels), shape, spacing)
    if rng.random() < (0.8 if is_stack else 0.25):
        lumen = smeared(rng, lumen)
    background = background_of(rng, bank, field, shape, level)
    patchy = np.exp(rng.uniform(0, 0.35) * field(1) + rng.uniform(0, 0.25) * field(4))
    signal = level + (1 - level) * lumen.gain * patchy
    if rng.random() < 0.08:  # only the wall is stained
        signal = level + (signal - level) * np.clip(1.2 - lumen.wall / np.maximum(lumen.radius, 1), 0.35, 1)
    if rng.random() < 0.25:
        background = background + rng.uniform(0.1, 0.9) * (1 - level) * speckle(rng, shape)
    spread = rng.uniform(0.2, 1.0) * rng.uniform(0.7, 1.3, 3) / np.sqrt(spacing)
    if rng.random() < 0.3:
        spread[rng.integers(3)] *= rng.uniform(1, 2.5)
    blur = lambda a: ndimage.gaussian_filter(a.astype(np.float32), spread, truncate=2.5)
    without = blur(background)
    clean = blur(background * (1 - lumen.fraction) + signal * lumen.fraction)
    contrast = clean - without
    if rng.random() < 0.15:
        clean = clean + rng.uniform(0.1, 0.3) * tails(rng, contrast)
    if rng.random() < 0.3:
        clean = clean + rng.uniform(0.05, 0.4) * ndimage.gaussian_filter(contrast, rng.uniform(2, 6))
    shading = np.exp(rng.uniform(0, 0.35) * field(18))
    if rng.random() < 0.5:  # light fades with the depth, to a twentieth and less
        ramp = np.broadcast_to(np.linspace(0, min(rng.exponential(1.3), 4), shape[0])[:, None, None], shape)
        shading = shading * np.exp(-np.moveaxis(ramp, 0, 0 if is_stack else rng.integers(3)))
    grains, noise_level = grain(rng, bank, clean, shape)
    image = (clean + grains) * shading
    if rng.random() < 0.3:
        image = np.sign(image) * np.abs(image) ** rng.uniform(0.5, 1.6)
    if rng.random() < 0.1:
        image = image.max() - image
    least = max(0.06, 0.4 * level)
    counts = visible(lumen.label, contrast / (1 - level), noise_level / (1 - level), least)
    if rng.random() < (0.8 if is_stack else 0.2):
        return thin_stack(rng, image, lumen.label, counts)
    return image, lumen.label, counts


def thin_stack(rng, image, label, counts):
    """A stack of few slices, repeated at both ends as the product fills a tile; the repeats do not count."""
    slices = min(rng.integers(10, 40), len(image) - 1)
    first = rng.integers(len(image) - slices)
    start = rng.integers(len(image) - slices)
    at = np.clip(np.arange(len(image)) - start, 0, slices - 1) + first
    own = np.zeros(len(image), bool)
    own[start : start + slices] = True
    return image[at], label[at], counts[at] & own[:, None, None]


def normalise(rng, image):
    """What (x - median) / (p99.5 - median) of a whole volume may give where this is a part of it: perhaps a deep one,
    far darker than the rest."""
    median = np.percentile(image, 50 if rng.random() < 0.5 else rng.uniform(5, 50))
    high = np.percentile(image, rng.uniform(98.5, 99.8))
    image = (image - median) / max((high - median) * np.exp(rng.normal(0.1, 0.4)), 1e-3)
    if rng.random() < 0.3:
        image = image * np.exp(-rng.uniform(0.5, 3.2))
    return image.astype(np.float32)
