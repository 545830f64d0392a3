"""OCT angiograms: flow casts its signal on all that lies below, so vessels are curtains, and are labelled as such.

Noise is streaky along the same axis; above the surface of the tissue nearly nothing is bright. Vessel signal is
about 1, depth is the first axis.
"""

import numpy as np
from scipy import ndimage

from appearance import visible
from raster import Lumen, rasterise


def flattened(rng, vessels, depth):
    """The vessels in a layer: squeezed along the depth, somewhere in the upper part."""
    squeeze, top = rng.uniform(0.05, 0.5), rng.uniform(-0.2, 0.5) * depth
    return [(points * [squeeze, 1, 1] + [top, 0, 0], radii) for points, radii in vessels]


def cast_down(lumen, reach):
    """The lumen with its shadow, `reach` slices deep."""
    window = 2 * (reach // 2) + 1
    drawn = lambda values: ndimage.maximum_filter1d(values, window, 0, mode="constant", cval=values.min(), origin=window // 2)
    gain = drawn(np.where(lumen.wall > -1, lumen.gain, 0))
    return Lumen(drawn(lumen.fraction), drawn(lumen.wall), drawn(lumen.radius), np.where(gain > 0, gain, 1),
                 drawn(lumen.label.view(np.uint8)) > 0)


def streaks(rng, shape):
    """Unit noise, drawn out along the depth."""
    wide = rng.uniform(0.2, 0.8)
    field = ndimage.gaussian_filter(rng.standard_normal(shape, np.float32), (rng.uniform(1, 5), wide, wide), truncate=2.5)
    return field / field.std()


def surface(rng, field, shape):
    """0 above the tissue, 1 below, with a soft edge; tilted and uneven."""
    ramps = [rng.normal(0, 12) * np.linspace(-1, 1, n) for n in shape[1:]]
    height = np.add.outer(*ramps) + 5 * field(18)[0] + rng.uniform(-0.3, 0.35) * shape[0]
    return 1 / (1 + np.exp((height - np.arange(shape[0])[:, None, None]) / rng.uniform(0.5, 4)))


def simulate_octa(rng, bank, vessels, shape, spacing):
    """Image (float32), label, and mask of voxels that count; all [z, y, x]."""
    field = lambda scale: bank.draw(rng, scale, shape, spacing)
    spread, loss = rng.uniform(0, 0.25), rng.uniform(0, 0.4)
    vessels = flattened(rng, vessels, shape[0] * spacing[0])
    gains = [np.exp(rng.normal(0, spread)) * (1 - loss * np.exp(-radii / 1.5)) for _, radii in vessels]
    lumen = rasterise(vessels, gains, shape, spacing)
    reach = 2 * shape[0] if rng.random() < 0.7 else rng.integers(6, shape[0])
    lumen = cast_down(lumen, reach)
    below = surface(rng, field, shape)
    level = rng.uniform(0.08, 0.55) * np.exp(rng.uniform(0, 0.4) * field(9) + rng.uniform(0, 0.5) * field(4)[:1])
    level = level * (below + (1 - below) * rng.uniform(0.05, 0.5))
    # Grain of the tissue is as high as its level: half of its voxels are dark.
    grain = np.abs(streaks(rng, shape)) if rng.random() < 0.5 else np.exp(0.8 * streaks(rng, shape) - 0.3)
    flow = lumen.gain * np.exp(-rng.uniform(0, 0.6) * np.linspace(0, 1, shape[0]))[:, None, None]
    flow = flow * np.maximum(1 + rng.uniform(0.1, 0.45) * streaks(rng, shape), 0.1)
    mix = lumen.fraction
    image = mix * np.maximum(flow, level) + (1 - mix) * level * grain
    image = ndimage.gaussian_filter(image.astype(np.float32), rng.uniform(0.2, 0.6), truncate=2.5)
    if rng.random() < 0.3:  # lines where the eye moved
        rows = rng.random(shape[1]) < rng.uniform(0, 0.08)
        image = image * np.where(rows, rng.uniform(1, 1.8), 1)[:, None]
    image = image + rng.uniform(0, 0.06) * rng.standard_normal(shape, np.float32)
    contrast = mix * (lumen.gain - level)
    return image, lumen.label, visible(lumen.label, contrast, 0.3 * level)
