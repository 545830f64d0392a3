"""Run a checkpoint over a whole volume the way the product does: normalise, tile, blend."""

import itertools

import numpy as np
import torch

from export import MODELS, OVERLAP, PATCH
from train import CLIP


def normalise(volume, modality):
    """float32 copy of the volume on the scale the net was trained on (kinds of src/inference/manifest.ts)."""
    rule = MODELS[modality]["normalisation"]
    volume = volume.astype(np.float32)
    if rule["kind"] == "percentile":
        low, high = np.percentile(volume, [50, rule["percentile"]])
        volume = (volume - low) / max(high - low, 1e-6)
    else:
        volume = (volume - rule["offset"]) / rule["scale"]
    return np.clip(volume, *CLIP)


def starts(length):
    last = max(0, length - PATCH)
    count = int(np.ceil(last / (PATCH - OVERLAP))) + 1
    return np.round(np.linspace(0, last, count)).astype(int)


@torch.no_grad()
def probability(model, volume, modality):
    """Vessel probability [z, y, x]; tiles of 64, Gaussian weights."""
    image = normalise(volume, modality)
    padded = np.pad(image, [(0, max(0, PATCH - n)) for n in image.shape], mode="edge")
    bell = np.exp(-(((np.arange(PATCH) - (PATCH - 1) / 2) / (PATCH / 8)) ** 2) / 2)
    weight = (bell[:, None, None] * bell[:, None] * bell).astype(np.float32)
    total, share = np.zeros_like(padded), np.zeros_like(padded)
    for corner in itertools.product(*map(starts, padded.shape)):
        box = tuple(slice(c, c + PATCH) for c in corner)
        tile = torch.from_numpy(np.ascontiguousarray(padded[box]))[None, None]
        total[box] += weight * model(tile)[0, 0].numpy()
        share[box] += weight
    return (total / share)[tuple(slice(n) for n in image.shape)]
