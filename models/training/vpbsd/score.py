"""Scores of teacher and students on held-out volumes of the generator, as a Markdown table.

    python3 generate.py mra $W/held-out --first 9000 --shards 1 --patches 12 --size 96
    python3 vpbsd/score.py $W/held-out START.pt OUT_FOLDER/*.pt --threshold 0.8
"""

import argparse
import sys
from pathlib import Path

import numpy as np
import torch

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from generate import COUNTS, VESSEL
from net import LeanUNet
from scores import mean_agreement
from train import CLIP
from vpbsd.teacher import Teacher


def load(path):
    """A function from an image [1, 1, z, y, x] to its probability, of a student's or a teacher's checkpoint."""
    state = torch.load(path)
    if "teacher" not in state:
        net = LeanUNet()
        net.load_state_dict(state["average"])
        logits = net.eval()
    else:
        stages = sum(name.endswith("0.0.weight") and name.startswith("encoder") for name in state["average"])
        teacher = Teacher(LeanUNet([state["average"][f"encoder.{i}.0.0.weight"].shape[0] for i in range(stages)]))
        teacher.load_state_dict(state["teacher"])
        teacher.eval()
        logits = lambda image: teacher(image)[0]
    return lambda image: torch.sigmoid(logits(image))


@torch.no_grad()
def score(probability_of, folder, threshold):
    pairs = []
    for path in sorted(folder.glob("image-*.npy")):
        targets = np.load(path.with_name(path.name.replace("image", "target")))
        for image, target in zip(np.load(path), targets):
            image = torch.from_numpy(np.clip(image, *CLIP).astype(np.float32))[None, None]
            mask, counts = probability_of(image)[0, 0].numpy() >= threshold, target & COUNTS > 0
            pairs.append((mask & counts, (target & VESSEL > 0) & counts))
    return mean_agreement(pairs)


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("held_out", type=Path)
    arguments.add_argument("checkpoints", type=Path, nargs="+")
    arguments.add_argument("--threshold", type=float, default=0.5)
    a = arguments.parse_args()
    torch.set_num_threads(1)
    print("| net | Dice | clDice | β0 error | β1 error |\n| --- | ---: | ---: | ---: | ---: |")
    for path in a.checkpoints:
        row = score(load(path), a.held_out, a.threshold)
        print(f"| {path.stem} | {row['dice']:.3f} | {row['clDice']:.3f} | {row['b0']:.1f} | {row['b1']:.1f} |", flush=True)


if __name__ == "__main__":
    main()
