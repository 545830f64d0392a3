"""Write shards of synthetic patches. Deterministic: a shard depends on modality and seed alone.

    python3 generate.py mra OUT_FOLDER --first 0 --shards 20 [--patches 200] [--size 64]
"""

import argparse
import os
import time
from pathlib import Path

import numpy as np

from anatomy import random_anatomy
from appearance import random_spacing
from cta import simulate_cta
from fields import FieldBank
from generic import normalise, simulate_generic
from mra import simulate_mra
from octa import simulate_octa
from tube import tubed_skeleton


def simulate_other(rng, bank, vessels, shape, spacing):
    """Neither CT nor MR: microscopy and the like, now and then an OCT angiogram."""
    simulate = simulate_octa if rng.random() < 0.25 else simulate_generic
    image, label, counts = simulate(rng, bank, vessels, shape, spacing)
    return normalise(rng, image), label, counts


# The place of a modality is part of the seed: new ones go to the end.
SIMULATORS = {"cta": simulate_cta, "mra": simulate_mra, "generic": simulate_other}
# Slices may be so many times as thick as the pixels; two-photon stacks reach five.
THICKEST_SLICES = {"generic": 5.0}
# Shares of anatomy.KINDS: CT angiograms are mostly of the trunk, microscopy shows dense beds.
ANATOMIES = {
    "cta": (0.45, 0.12, 0.04, 0.39),
    "mra": (0.62, 0.14, 0.10, 0.14),
    "generic": (0.44, 0.04, 0.28, 0.24),
}
# Bits of the stored uint8 target.
VESSEL, TUBE, COUNTS = 1, 2, 4


def draw(rng, bank, modality, shape, shares, widest=np.inf):
    """Vessels no wider than `widest`, voxel edges, image, label and voxels that count; arrays [z, y, x]."""
    while True:
        spacing = random_spacing(rng, THICKEST_SLICES.get(modality, 3.0))
        vessels = random_anatomy(rng, np.multiply(shape, spacing), shares)
        if any(radii.max() > widest for _, radii in vessels):
            continue
        image, label, counts = SIMULATORS[modality](rng, bank, vessels, shape, spacing)
        if 0.003 < label.mean() < 0.45:
            return vessels, spacing, np.clip(image, -8, 12), label, counts


def target_of(label, counts):
    """uint8 with bits VESSEL, TUBE, COUNTS."""
    return (VESSEL * label + TUBE * tubed_skeleton(label) + COUNTS * counts).astype(np.uint8)


def sample(rng, bank, modality, size):
    """One patch: image float32 and target uint8 with bits VESSEL, TUBE, COUNTS; both [z, y, x]."""
    _, _, image, label, counts = draw(rng, bank, modality, (size,) * 3, ANATOMIES[modality])
    return image, target_of(label, counts)


def shard(modality, seed, patches, size, type_=np.float16):
    rng = np.random.default_rng([seed, list(SIMULATORS).index(modality)])
    bank = FieldBank(rng)
    images = np.empty((patches,) + (size,) * 3, type_)
    targets = np.empty(images.shape, np.uint8)
    for i in range(patches):
        images[i], targets[i] = sample(rng, bank, modality, size)
    return images, targets


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("modality", choices=sorted(SIMULATORS))
    arguments.add_argument("out", type=Path)
    arguments.add_argument("--first", type=int, default=0, help="seed of the first shard")
    arguments.add_argument("--shards", type=int, default=1)
    arguments.add_argument("--patches", type=int, default=200)
    arguments.add_argument("--size", type=int, default=64)
    arguments.add_argument("--type", choices=("float16", "float32"), default="float16")
    a = arguments.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    for seed in range(a.first, a.first + a.shards):
        start = time.time()
        images, targets = shard(a.modality, seed, a.patches, a.size, a.type)
        # The trainer reads while we write: the final name appears when both arrays are complete.
        np.save(a.out / f"target-{seed:04d}.npy", targets)
        np.save(a.out / f"part-{seed:04d}.npy", images)
        os.replace(a.out / f"part-{seed:04d}.npy", a.out / f"image-{seed:04d}.npy")
        print(f"shard {seed}: {(time.time() - start) / a.patches * 1000:.0f} ms per patch", flush=True)


if __name__ == "__main__":
    main()
