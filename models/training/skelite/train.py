"""Train a skeletonizer on masks of the generator; stops by processor time, resumes from its checkpoint.

    python3 skelite/train.py OUT.pt 3 SHARDS … --minutes 60
"""

import argparse
import math
import sys
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from skelite.masks import example, likeness_of
from skelite.net import Skeletonizer, features_of
from skelite.rows import joined, neighbours, symmetry

ROWS = 6000  # of a step, at least
LARGEST = 20_000  # masks with more rows are left out: most of these lie deep in a trunk
POOL = 600
FRESH = 10  # steps until one example of the pool is replaced
MARGIN = 4  # what the edge of a patch hides
RATE, WARM_UP = 4e-3, 200
MIDDLE = 0.2  # weight of the loss half-way through the iterations


class Examples:
    """A pool of examples that is renewed while it is used; each is (neighbours, features, likeness, counts)."""

    def __init__(self, rng, folders, dimensions):
        self.rng, self.dimensions, self.pool = rng, dimensions, []
        self.shards = [np.load(path, mmap_mode="r") for f in folders for path in sorted(f.glob("target-*.npy"))]

    def draw(self):
        while True:
            shard = self.shards[self.rng.integers(len(self.shards))]
            mask, skeleton = example(self.rng, np.asarray(shard[self.rng.integers(len(shard))]), self.dimensions)
            if skeleton.any() and mask.sum() < LARGEST:
                break
        counts = np.zeros(mask.shape, np.float32)
        counts[(slice(MARGIN, -MARGIN),) * self.dimensions] = 1
        return neighbours(mask).astype(np.int32), features_of(mask), likeness_of(mask, skeleton), counts[mask]

    def renew(self):
        fresh = self.draw()
        if len(self.pool) < POOL:
            self.pool.append(fresh)
        else:
            self.pool[self.rng.integers(POOL)] = fresh

    def batch(self):
        chosen = []
        while sum(len(e[1]) for e in chosen) < ROWS:
            chosen.append(self.pool[self.rng.integers(len(self.pool))])
        around = joined([e[0][:, symmetry(self.rng, self.dimensions)] for e in chosen])
        rest = (np.concatenate([e[part] for e in chosen]) for part in (1, 2, 3))
        return [torch.from_numpy(array) for array in (around.astype(np.int64), *rest)]


def loss_of(logits, likeness, counts):
    """Cross-entropy of the last iteration, and a little of the middle one, less what nobody can avoid."""
    entropy = F.binary_cross_entropy(likeness, likeness, reduction="none")
    excess = [
        ((F.binary_cross_entropy_with_logits(answer, likeness, reduction="none") - entropy) * counts).sum()
        / (counts.sum() + 1)
        for answer in (logits[len(logits) // 2], logits[-1])
    ]
    return excess[1] + MIDDLE * excess[0], excess[1]


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("out", type=Path)
    arguments.add_argument("dimensions", type=int, choices=(2, 3))
    arguments.add_argument("shards", type=Path, nargs="+")
    arguments.add_argument("--minutes", type=float, default=60, help="of processor time")
    a = arguments.parse_args()
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    torch.manual_seed(0)
    examples = Examples(np.random.default_rng(0), a.shards, a.dimensions)
    net = Skeletonizer(a.dimensions)
    average = torch.optim.swa_utils.AveragedModel(net, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.995))
    optimizer = torch.optim.Adam(net.parameters(), lr=RATE, betas=(0.9, 0.98))
    step, spent, mean = 0, 0.0, []
    parts = {"net": net, "average": average, "optimizer": optimizer}
    if a.out.exists():
        saved = torch.load(a.out)
        step, spent = saved["step"], saved["spent"]
        for name, part in parts.items():
            part.load_state_dict(saved[name])
    while len(examples.pool) < POOL // 4:
        examples.renew()
    start = time.process_time() - spent

    def save():
        torch.save({"step": step, "spent": spent} | {name: p.state_dict() for name, p in parts.items()}, a.out)

    while (progress := (time.process_time() - start) / (60 * a.minutes)) < 1:
        for group in optimizer.param_groups:
            group["lr"] = RATE * min(1, (step + 1) / WARM_UP) * (0.5 * (1 + math.cos(math.pi * progress)) + 0.01)
        if step % FRESH == 0:
            examples.renew()
        around, features, likeness, counts = examples.batch()
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits = net(features, around, torch.bfloat16)
        loss, last = loss_of(logits, likeness, counts)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
        average.update_parameters(net)
        step += 1
        mean.append(last.item())
        if step % 200 == 0:
            spent = time.process_time() - start
            print(f"step {step} {spent / 60:.1f} min  excess {np.mean(mean):.4f}", flush=True)
            mean = []
            save()
    save()
    print(f"done at step {step}, {sum(p.numel() for p in net.parameters())} parameters")


if __name__ == "__main__":
    main()
