"""A picture of what the generator draws: per modality a row of slices and a row of projections.

    python3 contact_sheet.py OUT.png [--seed 3] [--patches 9] [--size 64]
"""

import argparse
from pathlib import Path

import numpy as np
from PIL import Image

from fields import FieldBank
from generate import COUNTS, SIMULATORS, VESSEL, sample

GAP = 3
# Normalised intensities shown as black and white.
WINDOW = {"cta": (-0.6, 1.8), "mra": (-0.4, 1.4), "generic": (-0.5, 1.5)}
VESSEL_COLOUR, IGNORED_COLOUR = (230, 97, 1), (94, 60, 153)


def grey(image, low, high):
    shade = np.clip((image - low) / (high - low), 0, 1) * 255
    return np.repeat(shade.astype(np.uint8)[..., None], 3, -1)


def tinted(slice_, target):
    """The slice with its vessels in orange, those too faint to count in violet."""
    picture = slice_.astype(float)
    for bit, colour in ((target & VESSEL > 0, VESSEL_COLOUR), (target & COUNTS == 0, IGNORED_COLOUR)):
        picture[bit] = 0.5 * picture[bit] + 0.5 * np.array(colour)
    return picture.astype(np.uint8)


def column(modality, image, target):
    """Slice with the most vessel, the same with its label, projection along the same axis."""
    z = (target & VESSEL).sum((1, 2)).argmax()
    slice_ = grey(image[z], *WINDOW[modality])
    parts = slice_, tinted(slice_, target[z]), grey(image.max(0), *WINDOW[modality])
    return np.concatenate([np.pad(p, ((0, GAP), (0, GAP), (0, 0)), constant_values=255) for p in parts])


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("out", type=Path)
    arguments.add_argument("--seed", type=int, default=3)
    arguments.add_argument("--patches", type=int, default=9)
    arguments.add_argument("--size", type=int, default=64)
    a = arguments.parse_args()
    rows = []
    for modality in WINDOW:
        rng = np.random.default_rng([a.seed, list(SIMULATORS).index(modality)])
        bank = FieldBank(rng)
        rows.append(np.concatenate([column(modality, *sample(rng, bank, modality, a.size)) for _ in range(a.patches)], 1))
    Image.fromarray(np.concatenate(rows)).quantize(96).save(a.out, optimize=True)


if __name__ == "__main__":
    main()
