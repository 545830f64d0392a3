"""Crops of images without labels: shards of the generator (their targets are not read) or volumes of one's own."""

from pathlib import Path

import nibabel
import numpy as np

from train import CROP, augment

# As in the manifests of the models.
NORMALISATIONS = {
    "mra": lambda x: (x - np.median(x)) / (np.percentile(x, 99.5) - np.median(x)),
    "generic": lambda x: (x - np.median(x)) / (np.percentile(x, 99.5) - np.median(x)),
    "cta": lambda x: (x - 40) / 300,
}


def volumes_of(folder, modality):
    """Arrays [n, z, y, x]: image-*.npy as they are, *.nii and *.nii.gz normalised as the product does, whose last
    slices repeat where they are smaller than a crop.
    """
    for path in sorted(Path(folder).iterdir()):
        if path.name.startswith("image-") and path.suffix == ".npy":
            yield np.load(path, mmap_mode="r")
        elif path.name.endswith((".nii", ".nii.gz")):
            data = np.asarray(nibabel.load(path).dataobj, np.float32).transpose(2, 1, 0)
            missing = [(0, max(0, CROP - n)) for n in data.shape]
            yield np.pad(NORMALISATIONS[modality](data), missing, mode="edge")[None]


class Unlabelled:
    """Each folder has an even share of the crops, however many images it holds."""

    def __init__(self, folders, modality):
        self.folders = [list(volumes_of(folder, modality)) for folder in folders]
        for folder, volumes in zip(folders, self.folders):
            if not volumes:
                raise ValueError(f"no image-*.npy and no *.nii(.gz) in {folder}")

    def crop(self, rng):
        """float32 [CROP, CROP, CROP]."""
        folder = self.folders[rng.integers(len(self.folders))]
        volumes = folder[rng.integers(len(folder))]
        start = rng.integers(0, np.array(volumes.shape[1:]) - CROP + 1)
        image = volumes[(rng.integers(len(volumes)),) + tuple(slice(s, s + CROP) for s in start)]
        return augment(rng, np.asarray(image, np.float32), np.zeros(image.shape, np.uint8))[0].astype(np.float32)
