"""Train a skeletonizer on masks of the generator; stops by wall clock.

    python3 skelite/train.py SHARDS 3 OUT.pt --minutes 12 [--init OTHER.pt]
"""

import argparse
import copy
import sys
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from skelite.masks import example
from skelite.net import POOL, Skeletonizer

SIZE = {2: 64, 3: 40}
BATCH = {2: 16, 3: 3}
MARGIN = 4  # what the edge of a crop hides
RATE, WARM_UP = 6e-3, 50


def step_loss(skeleton, truth, mask, pool):
    """Dice, entropy inside the mask, and recall and precision within one voxel."""
    wide_truth, wide = pool(truth, 3, 1, 1), pool(skeleton, 3, 1, 1)
    inner = (slice(None), slice(None)) + (slice(MARGIN, -MARGIN),) * (mask.ndim - 2)
    skeleton, truth, mask, wide_truth, wide = (a[inner] for a in (skeleton, truth, mask, wide_truth, wide))
    dice = 1 - (2 * (skeleton * truth).sum() + 1) / (skeleton.sum() + truth.sum() + 1)
    recall = 1 - ((wide * truth).sum() + 1) / (truth.sum() + 1)
    precision = 1 - ((skeleton * wide_truth).sum() + 1) / (skeleton.sum() + 1)
    entropy = F.binary_cross_entropy(skeleton.clamp(1e-5, 1 - 1e-5), truth, weight=mask * (1 + truth), reduction="sum")
    return dice + 2 * recall + 0.5 * precision + entropy / (mask.sum() + 1), recall


def loss_of(steps, truth, mask, pool):
    """The last step counts; the second half a little; the first half must not lose anything."""
    half, total = len(steps) // 2, 0
    for i, skeleton in enumerate(steps):
        full, recall = step_loss(skeleton, truth, mask, pool)
        total = total + (1.0 if i == len(steps) - 1 else 0.1) * (full if i >= half else recall)
    return total


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("shards", type=Path)
    arguments.add_argument("dimensions", type=int, choices=SIZE)
    arguments.add_argument("out", type=Path)
    arguments.add_argument("--minutes", type=float, default=12)
    arguments.add_argument("--init", type=Path, help="start from other weights")
    a = arguments.parse_args()
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    torch.manual_seed(0)
    rng, pool = np.random.default_rng(0), POOL[a.dimensions]
    shards = [np.load(path, mmap_mode="r") for path in sorted(a.shards.glob("target-*.npy"))]
    # Twice as fast as the default order where the processor has AMX.
    order = {2: torch.channels_last, 3: torch.channels_last_3d}[a.dimensions]
    net = Skeletonizer(a.dimensions)
    if a.init:
        net.load_state_dict(torch.load(a.init))
    net = net.to(memory_format=order)
    average = copy.deepcopy(net)
    optimizer = torch.optim.Adam(net.parameters(), lr=RATE)
    start, step, mean = time.time(), 0, 0.0
    while (progress := (time.time() - start) / (60 * a.minutes)) < 1:
        for group in optimizer.param_groups:
            group["lr"] = RATE * min(1, (step + 1) / WARM_UP) * (0.5 * (1 + np.cos(np.pi * progress)) + 0.01)
        labels = [np.asarray(s[rng.integers(len(s))]) for s in (shards[i] for i in rng.integers(len(shards), size=BATCH[a.dimensions]))]
        pairs = [example(rng, l, SIZE[a.dimensions], a.dimensions) for l in labels]
        mask, truth = (
            torch.from_numpy(np.stack(part)[:, None].astype(np.float32)).contiguous(memory_format=order)
            for part in zip(*pairs)
        )
        with torch.autocast("cpu", dtype=torch.bfloat16):
            steps = net.steps(mask)
        loss = loss_of([skeleton.float() for skeleton in steps], truth, mask, pool)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
        step += 1
        keep = min(0.99, (step + 1) / (step + 10))
        with torch.no_grad():
            for slow, fast in zip(average.parameters(), net.parameters()):
                slow.lerp_(fast, 1 - keep)
        mean += loss.item()
        if step % 100 == 0:
            print(f"step {step} {(time.time() - start) / 60:.1f} min  loss {mean / 100:.3f}", flush=True)
            mean = 0.0
            torch.save(average.state_dict(), a.out)
    torch.save(average.state_dict(), a.out)
    print(f"done at step {step}, {sum(p.numel() for p in net.parameters())} parameters")


if __name__ == "__main__":
    main()
