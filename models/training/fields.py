"""Smooth random fields: the material of which tissue, sheets, blobs and shading are made."""

import numpy as np
from scipy import fft

SCALES = (1, 2, 4, 9, 18)


class FieldBank:
    """Unit-variance periodic Gaussian fields, made once and cut out at random: drawing one is cheap."""

    def __init__(self, rng, size=128, fields_per_scale=5):
        self.size = size
        self.fields = {
            scale: [self._field(rng, scale) for _ in range(fields_per_scale)] for scale in SCALES
        }

    def _field(self, rng, scale):
        # White noise filtered in Fourier space: cost independent of the scale.
        frequency = fft.fftfreq(self.size)
        power = np.exp(-2 * (np.pi * scale * frequency) ** 2).astype(np.float32)
        filtered = fft.rfftn(rng.standard_normal((self.size,) * 3, np.float32))
        filtered *= power[:, None, None] * power[:, None] * power[: self.size // 2 + 1]
        field = fft.irfftn(filtered, (self.size,) * 3)
        return (field - field.mean()) / field.std()

    def draw(self, rng, scale, shape, thickness=(1, 1, 1)):
        """A random cut of a field, shape `shape`; `thickness` squeezes it along thick slices."""
        field = self.fields[scale][rng.integers(len(self.fields[scale]))]
        field = np.transpose(field, rng.permutation(3))
        picks = []
        for count, step in zip(shape, thickness):
            at = (rng.integers(self.size) + np.round(np.arange(count) * step).astype(int)) % self.size
            picks.append(at if rng.random() < 0.5 else at[::-1])
        field = field[np.ix_(*picks)]
        return field if rng.random() < 0.5 else -field
