"""Train a vessel net on shards of synthetic patches; stops by wall clock, resumes from its checkpoint.

    python3 train.py CHECKPOINT.pt SHARDS [SHARDS …] --minutes 60 [--threads 1] [--init OTHER.pt]

Several folders of shards have an even share of the crops each.
"""

import argparse
import copy
import os
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from elastic import elastic
from generate import COUNTS, TUBE, VESSEL
from losses import CONNECTIVITY, vessel_loss
from net import LeanUNet, parameter_count, with_kind

CROP, BATCH = 48, 3
WARM_UP = 100
CLIP = (-2.0, 4.0)
REPORT_EVERY = 100


class Pool:
    """Shards of folders, memory-mapped; new ones are picked up while training runs.

    Crops are cubes of `edge` voxels; `elastic_share` of them are deformed.
    """

    def __init__(self, *folders, elastic_share=0.0, edge=CROP):
        self.shards = {Path(folder): {} for folder in folders}
        self.elastic_share, self.edge = elastic_share, edge
        self.refresh()

    def refresh(self):
        for folder, shards in self.shards.items():
            for path in sorted(folder.glob("image-*.npy")):
                if path.name not in shards:
                    target = path.with_name(path.name.replace("image", "target"))
                    shards[path.name] = np.load(path, mmap_mode="r"), np.load(target, mmap_mode="r")

    def count(self):
        return sum(len(shards) for shards in self.shards.values())

    def crop(self, rng, kind=None):
        """Image and target; of one folder where its place among them is given."""
        while True:
            folders = list(self.shards.values())
            shards = list(folders[rng.integers(len(folders)) if kind is None else kind].values())
            images, targets = shards[rng.integers(len(shards))]
            index = rng.integers(len(images))
            start = rng.integers(0, np.array(images.shape[1:]) - self.edge + 1)
            box = (index,) + tuple(slice(s, s + self.edge) for s in start)
            target = np.asarray(targets[box])
            if (target & VESSEL).sum() > 150 or rng.random() < 0.1:
                image = np.asarray(images[box], np.float32)
                if self.elastic_share and rng.random() < self.elastic_share:
                    image, target = elastic(rng, image, target, VESSEL)
                return augment(rng, image, target)


def augment(rng, image, target):
    """Flips, axis order, gain, offset, contrast curve: what normalisation leaves open."""
    order = rng.permutation(3)
    flips = tuple(slice(None, None, rng.choice([-1, 1])) for _ in range(3))
    image, target = image.transpose(order)[flips], target.transpose(order)[flips]
    image = image * np.exp(rng.normal(0, 0.25)) + rng.normal(0, 0.08)
    if rng.random() < 0.25:
        image = np.sign(image) * np.abs(image) ** rng.uniform(0.75, 1.3)
    return np.clip(image, *CLIP), target


def batch(rng, pool, size=BATCH, kinds=0):
    """Image, vessel, tubed skeleton, voxels that count; the image with_kind, its folder, where there are kinds."""
    kind = rng.integers(kinds, size=size) if kinds else [None] * size
    images, targets = zip(*(pool.crop(rng, k) for k in kind))
    image = torch.from_numpy(np.stack(images).astype(np.float32))[:, None]
    if kinds:
        image = with_kind(image, torch.from_numpy(kind), kinds)
    target = torch.from_numpy(np.stack(targets))[:, None]
    return image, *(((target & bit) > 0).float() for bit in (VESSEL, TUBE, COUNTS))


def rate(peak, step, progress):
    """Warm-up, then a cosine over the time budget."""
    return float(peak * min(1, (step + 1) / WARM_UP) * (0.5 * (1 + np.cos(np.pi * progress)) + 0.005))


@torch.no_grad()
def follow(average, net, step):
    """Exponential moving average of all weights and statistics."""
    keep = min(0.997, (step + 1) / (step + 10))
    for mean, value in zip(average.state_dict().values(), net.state_dict().values()):
        if mean.dtype.is_floating_point:
            mean.lerp_(value, 1 - keep)
        else:
            mean.copy_(value)


def begin_from(net, weights):
    """The weights of a net that may not be told the kind of an image: at first that makes no difference."""
    first = "encoder.0.0.0.weight"
    missing = net.state_dict()[first].shape[1] - weights[first].shape[1]
    net.load_state_dict({**weights, first: F.pad(weights[first], (0,) * 6 + (0, missing))})


def save(path, state):
    partial = path.with_suffix(".part")
    torch.save(state, partial)
    os.replace(partial, path)


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("checkpoint", type=Path)
    arguments.add_argument("shards", type=Path, nargs="+")
    arguments.add_argument("--minutes", type=float, default=60)
    arguments.add_argument("--threads", type=int, default=1)
    arguments.add_argument("--init", type=Path, help="start from the averaged weights of another net")
    arguments.add_argument("--connectivity", choices=CONNECTIVITY, default="recall")
    arguments.add_argument("--weight", type=float, default=0.5, help="of the connectivity loss")
    arguments.add_argument("--peak-rate", type=float, default=4e-3)
    arguments.add_argument("--edge", type=int, default=CROP, help="of a crop, voxels")
    arguments.add_argument("--batch", type=int, default=BATCH, help="crops of a step")
    arguments.add_argument("--told", action="store_true", help="the net is told from which folder an image comes")
    arguments.add_argument("--elastic", type=float, default=0.0, help="share of the crops that are deformed")
    a = arguments.parse_args()
    torch.set_num_threads(a.threads)
    torch.set_flush_denormal(True)
    torch.manual_seed(0)
    kinds = len(a.shards) if a.told else 0
    # Twice as fast as the default order where the processor has AMX.
    net = LeanUNet(kinds=kinds).to(memory_format=torch.channels_last_3d)
    step, used = 0, 0.0
    optimizer = torch.optim.AdamW(net.parameters(), lr=a.peak_rate, weight_decay=1e-3)
    average = copy.deepcopy(net)
    if a.checkpoint.exists():
        state = torch.load(a.checkpoint)
        net.load_state_dict(state["net"])
        average.load_state_dict(state["average"])
        optimizer.load_state_dict(state["optimizer"])
        step, used = state["step"], state["seconds"]
    elif a.init:
        begin_from(net, torch.load(a.init)["average"])
        average = copy.deepcopy(net)
    rng = np.random.default_rng(step + 1)
    pool = Pool(*a.shards, elastic_share=a.elastic, edge=a.edge)
    print(f"{parameter_count(net)} parameters, {pool.count()} shards, from step {step}", flush=True)

    start, sums = time.time() - used, np.zeros(4)
    while (progress := (time.time() - start) / (60 * a.minutes)) < 1:
        for group in optimizer.param_groups:
            group["lr"] = rate(a.peak_rate, step, progress)
        image, vessel, tube, counts = batch(rng, pool, a.batch, kinds)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits = net(image)
        loss, terms = vessel_loss(logits.float(), vessel, tube, counts, a.connectivity, a.weight)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
        optimizer.step()
        follow(average, net, step)
        step += 1
        sums += [loss.item(), *(t.item() for t in terms)]
        if step % REPORT_EVERY == 0:
            mean = sums / REPORT_EVERY
            print(f"step {step} {(time.time() - start) / 60:.1f} min  loss {mean[0]:.3f}  entropy {mean[1]:.4f}"
                  f"  dice {mean[2]:.3f}  {a.connectivity} {mean[3]:.3f}  shards {pool.count()}", flush=True)
            sums[:] = 0
            pool.refresh()
            save(a.checkpoint, checkpoint(net, average, optimizer, step, time.time() - start))
    save(a.checkpoint, checkpoint(net, average, optimizer, step, time.time() - start))
    print(f"done at step {step}")


def checkpoint(net, average, optimizer, step, seconds):
    return {
        "net": net.state_dict(),
        "average": average.state_dict(),
        "optimizer": optimizer.state_dict(),
        "step": step,
        "seconds": seconds,
    }


if __name__ == "__main__":
    main()
