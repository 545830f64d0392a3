"""Score a checkpoint on held-out synthetic volumes and on real angiograms; prints and writes JSON.

    python3 generate.py mra HELD_OUT --first 9000 --patches 16 --size 96
    python3 score.py CHECKPOINT.pt mra OUT.json --synthetic HELD_OUT [--real ANGIOGRAMS] \
        [--threshold 0.5] [--baselines] [--images FOLDER]

Baselines get an oracle threshold per volume (best Dice over 16 quantiles), the net one fixed
threshold. Voxels that generate.py marks as invisible take no part.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from scipy import ndimage
from skimage.filters import frangi

from export import load
from generate import COUNTS, VESSEL
from infer import normalise, probability
from metrics import cl_dice, dice, drop_small, hysteresis, largest_component, scores
from volumes import read

MIN_VOXELS = 60
SWEEP = (0.3, 0.5, 0.7, 0.8, 0.9, 0.95)
QUANTILES = (70, 80, 85, 90, 93, 95, 96, 97, 98, 98.5, 99, 99.3, 99.5, 99.7, 99.8, 99.9)


def mean(rows):
    return {key: round(float(np.mean([row[key] for row in rows])), 3) for key in rows[0]}


def oracle(response, truth, counts):
    masks = (response > np.percentile(response, q) for q in QUANTILES)
    return max(masks, key=lambda mask: dice(mask & counts, truth))


@torch.no_grad()
def predict(model, image):
    return model(torch.from_numpy(np.clip(image, -2, 4).astype(np.float32))[None, None])[0, 0].numpy()


def score_synthetic(model, folder, threshold, baselines):
    rows = {}
    for path in sorted(folder.glob("image-*.npy")):
        targets = np.load(path.with_name(path.name.replace("image", "target")))
        for image, target in zip(np.load(path).astype(np.float32), targets):
            counts = (target & COUNTS) > 0
            truth = ((target & VESSEL) > 0) & counts
            p = predict(model, image)
            masks = {f"net at {t}, small components dropped": drop_small(p > t, MIN_VOXELS) for t in SWEEP}
            masks |= {
                "net": p > threshold,
                "net, hysteresis, small dropped": drop_small(hysteresis(p, threshold, 0.9), MIN_VOXELS),
            }
            if baselines:
                ridge = frangi(np.clip(image, -2, 4), sigmas=(1, 2, 4), black_ridges=False)
                masks["Frangi, oracle threshold"] = drop_small(oracle(ridge, truth, counts), MIN_VOXELS)
                masks["intensity, oracle threshold"] = drop_small(oracle(image, truth, counts), MIN_VOXELS)
            for name, mask in masks.items():
                rows.setdefault(name, []).append(scores(mask & counts, truth))
    return {name: mean(r) for name, r in rows.items()} | {"volumes": len(rows["net"])}


def aorta_mra(model, folder, threshold):
    """Inside the bounding box of the level set: it ends a few centimetres from the bifurcation."""
    volume = read(folder / "aorta-mra.mha")
    whole = read(folder / "aorta-lumen-levelset.mha") < 0
    p = probability(model, volume, "mra")
    box = ndimage.find_objects(whole)[0]
    truth = whole[box]
    net = lambda t: largest_component(p[box] > t)
    plain = lambda t: largest_component(volume[box] > t)
    steps = np.arange(400, 2000, 50)
    best = max(steps, key=lambda t: dice(plain(t), truth))
    return p, volume, {
        "net, largest component": scores(net(threshold), truth),
        "net at other thresholds": {str(t): scores(net(t), truth) for t in SWEEP},
        f"intensity > {best} (oracle), largest component": scores(plain(best), truth),
    }


def octa(model, folder, threshold):
    volume, truth = read(folder / "octa.tif"), read(folder / "octa-labels.tif") > 0
    p = probability(model, volume, "mra")
    everywhere = np.ones_like(truth)
    return p, volume, {
        "net": scores(p > threshold, truth),
        "intensity, oracle threshold": scores(oracle(volume.astype(np.float32), truth, everywhere), truth),
    }


def aorta_cta(model, folder, threshold):
    """Against a multi-organ model's output, which lacks all small branches: an agreement check."""
    folder = folder / "aorta-cta"
    volume = read(folder / "ct_cropped.nii.gz")
    masks = [read(f) > 0 for f in folder.glob("*.nii.gz") if f.name != "ct_cropped.nii.gz"]
    truth = np.any(masks, axis=0)
    p = probability(model, volume, "cta")
    mask = largest_component(p > threshold)
    plain = largest_component(volume > 250)
    sensitivity = lambda m: round(float((m & truth).sum() / truth.sum()), 3)
    return p, volume, {
        "net, largest component": scores(mask, truth) | {"sensitivity": sensitivity(mask)},
        "HU > 250, largest component": scores(plain, truth) | {"sensitivity": sensitivity(plain)},
    }


def look_only(name, modality):
    def run(model, folder, threshold):
        volume = read(folder / name)
        p = probability(model, volume, modality)
        kept = drop_small(p > threshold, MIN_VOXELS)
        return p, volume, {"voxels": int(kept.sum()), "share": round(float(kept.mean()), 4)}
    return run


REAL = {
    "mra": {
        "aorta-mra": aorta_mra,
        "octa": octa,
        "cow-tof-mra": look_only("cow-tof-mra.mha", "mra"),
        "avf-mr": look_only("avf-mr.nii.gz", "mra"),
    },
    "cta": {"aorta-cta": aorta_cta, "cow-cta": look_only("cow-cta.mha", "cta")},
}


def projections(volume, p, modality, threshold):
    """Maximum projections along z, y, x: image, probability, kept mask below each other."""
    grey = lambda v, low, high: (np.clip((v - low) / (high - low), 0, 1) * 255).astype(np.uint8)
    rows = []
    stack = (normalise(volume, modality), -0.3, 1.5), (p, 0, 1), (drop_small(p > threshold, MIN_VOXELS), 0, 1)
    for v, low, high in stack:
        images = [grey(v.max(axis), low, high) for axis in range(3)]
        height = max(i.shape[0] for i in images)
        padded = [np.pad(i, ((0, height - i.shape[0]), (0, 4)), constant_values=90) for i in images]
        rows.append(np.concatenate(padded, 1))
    return Image.fromarray(np.concatenate(rows))


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("checkpoint", type=Path)
    arguments.add_argument("modality", choices=sorted(REAL))
    arguments.add_argument("out", type=Path)
    arguments.add_argument("--synthetic", type=Path)
    arguments.add_argument("--real", type=Path)
    arguments.add_argument("--threshold", type=float, default=0.5)
    arguments.add_argument("--baselines", action="store_true")
    arguments.add_argument("--images", type=Path)
    a = arguments.parse_args()
    torch.set_num_threads(1)
    model, result = load(a.checkpoint), {"model": f"vessels-{a.modality}", "threshold": a.threshold}
    if a.synthetic:
        result["synthetic"] = score_synthetic(model, a.synthetic, a.threshold, a.baselines)
    for name, run in REAL[a.modality].items() if a.real else ():
        p, volume, result[name] = run(model, a.real, a.threshold)
        if a.images:
            a.images.mkdir(parents=True, exist_ok=True)
            projections(volume, p, a.modality, a.threshold).save(a.images / f"{name}.png")
            np.save(a.images / f"{name}.npy", p.astype(np.float16))
    a.out.write_text(json.dumps(result, indent=2) + "\n")
    print(a.out.read_text())


if __name__ == "__main__":
    main()
