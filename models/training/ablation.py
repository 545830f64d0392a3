"""Which connectivity loss is worth its cost: the same net with none, soft clDice and Skeleton Recall Loss.

    python3 ablation.py [--json FILE] [--work FOLDER]

MR angiograms of the generator, vessels up to 4 voxels in radius, as one class and as four classes by calibre. The runs
of a task start from one net, trained without a connectivity loss; those of a seed see the same crops in the same
order. About 30 minutes of one core; with --json it goes on where it stopped.
"""

import argparse
import itertools
import json
import tempfile
import time
from pathlib import Path

import numpy as np
import torch

from anatomy import KINDS
from calibre import CALIBRES, calibre_labels
from fields import FieldBank
from generate import COUNTS, TUBE, draw, target_of
from losses import vessel_loss
from net import LeanUNet
from scores import mean_agreement
from train import CLIP, Pool, follow

# Name: connectivity term, weight.
VARIANTS = {
    "none": ("none", 0.0),
    "soft clDice": ("cldice", 1.0),
    "Skeleton Recall, w = 0.1": ("recall", 0.1),
    "Skeleton Recall, w = 1": ("recall", 1.0),
}
CLASSES = {"one class": 1, "four classes": len(CALIBRES)}
# Fewer for four classes: soft clDice takes ten times as long.
STEPS = {"one class": 400, "four classes": 100}
SEEDS = (1, 2, 3)
# A soft skeleton needs as many iterations as the widest vessel has voxels in radius.
WIDEST = ITERATIONS = 4
SHARES = tuple({"trees": 0.7, "ring": 0.15, "network": 0.15}.get(kind, 0) for kind in KINDS)
BATCH, WARM_UP = 2, 30
START_STEPS, RATE = 1500, 3e-3
TRAINING = {"seed": 800, "patches": 400, "size": 64}
HELD_OUT = {"seed": 9800, "patches": 8, "size": 96}
# Above the bits of the generator: the class.
CLASS_SHIFT = 3
ROUNDS = 11


def write_shard(folder, seed, patches, size):
    """Patches as generate.py writes them, with the class of each voxel in the target's upper bits."""
    path = folder / f"image-{seed:04d}.npy"
    if path.exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(seed)
    bank, shape = FieldBank(rng), (size,) * 3
    images, targets = np.empty((patches,) + shape, np.float16), np.empty((patches,) + shape, np.uint8)
    for i in range(patches):
        vessels, spacing, images[i], label, counts = draw(rng, bank, "mra", shape, SHARES, WIDEST)
        targets[i] = target_of(label, counts) | calibre_labels(vessels, shape, spacing, label) << CLASS_SHIFT
    np.save(folder / f"target-{seed:04d}.npy", targets)
    np.save(path, images)


def truth_of(target, classes):
    """0/1 floats [n, classes, …] from targets [n, …]."""
    label = target >> CLASS_SHIFT
    return torch.from_numpy(np.stack([label > 0 if classes == 1 else label == k + 1 for k in range(classes)], 1)).float()


def batch(rng, pool, classes):
    """Image, truth, tubed skeleton by class, voxels that count."""
    images, targets = (np.stack(part) for part in zip(*(pool.crop(rng) for _ in range(BATCH))))
    bit = lambda b: torch.from_numpy((targets & b) > 0).float()[:, None]
    truth = truth_of(targets, classes)
    return torch.from_numpy(images.astype(np.float32))[:, None], truth, truth * bit(TUBE), bit(COUNTS)


def take_step(net, optimizer, image, truth, tube, counts, variant):
    connectivity, weight = VARIANTS[variant]
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits = net(image)
    loss = vessel_loss(logits.float(), truth, tube, counts, connectivity, weight, ITERATIONS)[0]
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
    optimizer.step()


def new_net(classes, weights=None):
    torch.manual_seed(0)
    net = LeanUNet(classes=classes)
    if weights:
        net.load_state_dict(weights, strict=False)
    return net.to(memory_format=torch.channels_last_3d)


def headless(weights):
    """All but the head: to tell calibres a net must know vessels."""
    return {name: value for name, value in weights.items() if not name.startswith("head")}


def train(pool, classes, variant, seed, steps, weights=None):
    """The averaged net."""
    net, average = new_net(classes, weights), new_net(classes, weights)
    optimizer = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=1e-3)
    rng = np.random.default_rng(seed)
    for step in range(steps):
        for group in optimizer.param_groups:
            group["lr"] = RATE * min(1, (step + 1) / WARM_UP) * (0.5 * (1 + np.cos(np.pi * step / steps)) + 0.005)
        take_step(net, optimizer, *batch(rng, pool, classes), variant)
        follow(average, net, step)
    return average.eval()


@torch.no_grad()
def scores(net, folder, classes):
    """On the whole held-out volumes; the mean over the classes. Voxels that do not count are neither found nor true."""
    images, targets = (np.load(folder / f"{kind}-{HELD_OUT['seed']:04d}.npy") for kind in ("image", "target"))
    pairs = [[] for _ in range(classes)]
    for image, target in zip(images, targets):
        logits = net(torch.from_numpy(np.clip(image, *CLIP).astype(np.float32))[None, None])[0]
        found = (logits > 0) if classes == 1 else logits.argmax(0) == torch.arange(1, classes + 1).view(-1, 1, 1, 1)
        counts = target & COUNTS > 0
        for k, mask in enumerate(found.numpy()):
            pairs[k].append((mask & counts, truth_of(target[None], classes)[0, k].numpy().astype(bool) & counts))
    by_class = [mean_agreement(p) for p in pairs]
    return {key: float(np.mean([row[key] for row in by_class])) for key in by_class[0]}


def costs(pool, classes):
    """Of each variant: processor seconds of a step (median) and the peak of what PyTorch allocates in one, MB. The
    variants take turns, because others use the machine too.
    """
    example = batch(np.random.default_rng(0), pool, classes)

    def step_of(variant):
        net = new_net(classes)
        optimizer = torch.optim.AdamW(net.parameters())
        return lambda: take_step(net, optimizer, *example, variant)

    steps = {variant: step_of(variant) for variant in VARIANTS}
    seconds = {variant: [] for variant in VARIANTS}
    for _ in range(ROUNDS):
        for variant, step in steps.items():
            step()  # pays for what the one before left behind: caches, pages given back
            start = time.process_time()
            step()
            seconds[variant].append(time.process_time() - start)
    return [
        {"variant": variant, "seconds": float(np.median(seconds[variant])), "megabytes": peak_of(step) / 2**20}
        for variant, step in steps.items()
    ]


def peak_of(action):
    """The most bytes that are allocated at a time while it runs, beyond those before."""
    with torch.profiler.profile(activities=[torch.profiler.ProfilerActivity.CPU], profile_memory=True) as profile:
        action()
    with tempfile.NamedTemporaryFile(suffix=".json") as trace:
        profile.export_chrome_trace(trace.name)
        events = [e for e in json.loads(Path(trace.name).read_text())["traceEvents"] if e["name"] == "[memory]"]
    changes = [event["args"]["Bytes"] for event in sorted(events, key=lambda event: event["ts"])]
    return int(np.cumsum(changes).max())


def table(runs, prices):
    """Means and deviations over the seeds; what a step costs, against none."""
    lines = [
        "| loss | Dice | clDice | β0 error | β1 error | s per step | MB of a step |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    none = prices[0]
    for price in prices:
        own = [run for run in runs if run["variant"] == price["variant"]]
        spread = lambda key, d: f"{np.mean([r[key] for r in own]):.{d}f} ± {np.std([r[key] for r in own], ddof=1):.{d}f}"
        cost = lambda key, d: f"{price[key]:.{d}f} ({price[key] / none[key] * 100 - 100:+.0f} %)"
        cells = [price["variant"], spread("dice", 3), spread("clDice", 3), spread("b0", 1), spread("b1", 1)]
        lines.append("| " + " | ".join(cells + [cost("seconds", 3), cost("megabytes", 0)]) + " |")
    return "\n".join(lines)


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--json", type=Path, help="results; runs that are there already are not repeated")
    arguments.add_argument("--work", type=Path, help="where volumes and starts are kept")
    a = arguments.parse_args()
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    folder = a.work or Path(tempfile.mkdtemp())
    write_shard(folder / "training", **TRAINING)
    write_shard(folder / "held-out", **HELD_OUT)
    pool = Pool(folder / "training")
    kept = json.loads(a.json.read_text()) if a.json and a.json.exists() else {"runs": [], "costs": []}

    def keep(kind, task, rows):
        kept[kind] += [{"task": task, **row} for row in rows]
        print(kept[kind][-1], flush=True)
        if a.json:
            a.json.write_text(json.dumps(kept, indent=1) + "\n")

    for task, classes in CLASSES.items():
        start = folder / f"start-{classes}.pt"
        if not start.exists():
            weights = None if classes == 1 else headless(torch.load(folder / "start-1.pt"))
            torch.save(train(pool, classes, "none", 0, START_STEPS, weights).state_dict(), start)
        if not any(row["task"] == task for row in kept["costs"]):
            keep("costs", task, costs(pool, classes))
        done = {(row["variant"], row["seed"]) for row in kept["runs"] if row["task"] == task}
        for variant, seed in [run for run in itertools.product(VARIANTS, SEEDS) if run not in done]:
            net = train(pool, classes, variant, seed, STEPS[task], torch.load(start))
            keep("runs", task, [{"variant": variant, "seed": seed, **scores(net, folder / "held-out", classes)}])
        runs, prices = ([row for row in kept[kind] if row["task"] == task] for kind in ("runs", "costs"))
        print(f"\n**{task}**\n\n{table(runs, prices)}\n", flush=True)


if __name__ == "__main__":
    main()
