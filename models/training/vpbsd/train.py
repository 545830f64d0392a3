"""Teacher, codebook, student: semi-supervised distillation after VpbSD (Lin et al., 2024).

    python3 vpbsd/train.py mra START.pt OUT_FOLDER --labelled SHARDS --unlabelled SHARDS_OR_VOLUMES …

START.pt is the net to improve. The teacher is that net with twice the channels and a codebook at its bottleneck: it
learns to rebuild images from codes, then to segment. OUT_FOLDER gets teacher.pt, plain.pt and distilled.pt: the
last two start from START.pt and see the same labelled crops in the same order; one of them has the teacher too.
"""

import argparse
import copy
import sys
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from losses import vessel_loss
from net import LeanUNet
from train import Pool, batch, follow, rate
from vpbsd.losses import distillation_loss, semi_loss
from vpbsd.teacher import Teacher
from vpbsd.unlabelled import Unlabelled
from vpbsd.widen import widen

LABELLED, UNLABELLED = 2, 1  # crops of a step
PEAK_RATE = {"codes": 2e-3, "teacher": 3e-4, "student": 2e-3}
# The encoder knows vessels already: at a tenth of the rate it forgot them (Dice .66 after fine-tuning, .79 before).
ENCODER_SHARE = 0.01
CODEBOOK_WEIGHT, SEMI_WEIGHT, DISTILLATION_WEIGHT = 0.25, 0.3, 0.3
REVIVE_EVERY, REPORT_EVERY = 25, 100


def optimise(name, net, groups, steps, loss_of, seed=0):
    """Steps of AdamW on loss_of(rng); the average of the net's weights."""
    average = copy.deepcopy(net)
    optimizer = torch.optim.AdamW(groups, weight_decay=1e-3)
    shares = [group.get("share", 1.0) for group in groups]
    rng, start, sums = np.random.default_rng(seed), time.time(), 0
    for step in range(steps):
        for group, share in zip(optimizer.param_groups, shares):
            group["lr"] = share * rate(PEAK_RATE[name], step, step / steps)
        terms = loss_of(rng, step)
        optimizer.zero_grad(set_to_none=True)
        sum(terms).backward()
        torch.nn.utils.clip_grad_norm_([p for group in groups for p in group["params"]], 5.0)
        optimizer.step()
        follow(average, net, step)
        sums = sums + np.array([term.item() for term in terms])
        if (step + 1) % REPORT_EVERY == 0:
            mean = " ".join(f"{value:.3f}" for value in sums / REPORT_EVERY)
            print(f"{name} {step + 1}/{steps} {(time.time() - start) / 60:.1f} min  {mean}", flush=True)
            sums = 0
    return average.eval()


def images_of(rng, unlabelled, count):
    return torch.from_numpy(np.stack([unlabelled.crop(rng) for _ in range(count)]))[:, None]


def fast(module):
    """Twice as fast where the processor has AMX."""
    return module.to(memory_format=torch.channels_last_3d)


autocast = lambda: torch.autocast("cpu", dtype=torch.bfloat16)


def learn_codes(teacher, unlabelled, steps):
    """Self-supervised: rebuild images from codes."""

    def loss_of(rng, step):
        with autocast():
            rebuilt, codebook, vectors = teacher.reconstruct(images_of(rng, unlabelled, LABELLED + UNLABELLED))
        if step % REVIVE_EVERY == REVIVE_EVERY - 1 and step < steps / 2:
            teacher.codebook.revive(vectors)
        return rebuilt, CODEBOOK_WEIGHT * codebook

    encoder = list(teacher.net.encoder.parameters())
    parts = (teacher.to_codes, teacher.codebook, teacher.rebuild)
    groups = [{"params": [p for part in parts for p in part.parameters()]}, {"params": encoder, "share": ENCODER_SHARE}]
    optimise("codes", teacher, groups, steps, loss_of)
    print(f"codebook: {teacher.codebook.perplexity():.0f} of {len(teacher.codebook.codes)} codes in even use", flush=True)


def learn_vessels(teacher, pool, steps):
    """Supervised; the averaged teacher."""

    def loss_of(rng, _):
        image, vessel, tube, counts = batch(rng, pool, LABELLED)
        with autocast():
            logits, _, codebook = teacher(image)
        return vessel_loss(logits.float(), vessel, tube, counts, weight=0.5)[0], CODEBOOK_WEIGHT * codebook

    return optimise("teacher", teacher, [{"params": list(teacher.parameters())}], steps, loss_of)


def learn_from(teacher, student, pool, unlabelled, steps):
    """The student with a teacher, or without (None); its average."""
    apart = np.random.default_rng(1)  # the labelled crops are the same with and without a teacher
    groups = [{"params": list(student.parameters())}]
    if teacher:
        describe = nn.Conv3d(student.encoder[-1][0][0].out_channels, teacher.to_codes.out_channels, 1)
        groups.append({"params": list(describe.parameters())})

    def loss_of(rng, _):
        image, vessel, tube, counts = batch(rng, pool, LABELLED)
        if teacher:
            image = torch.cat([image, images_of(apart, unlabelled, UNLABELLED)])
        with autocast():
            features = student.encode(image)
            logits = student.decode(features).float()
        supervised = vessel_loss(logits[:LABELLED], vessel, tube, counts, weight=0.5)[0]
        if not teacher:
            return (supervised,)
        with torch.no_grad(), autocast():
            answer, codes, _ = teacher(image)
        semi = semi_loss(logits[LABELLED:], torch.sigmoid(answer[LABELLED:].float()))
        distilled = distillation_loss(describe(features[-1].float()), codes)
        return supervised, SEMI_WEIGHT * semi, DISTILLATION_WEIGHT * distilled

    return optimise("student", student, groups, steps, loss_of)


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("modality", choices=("mra", "cta", "generic"))
    arguments.add_argument("start", type=Path)
    arguments.add_argument("out", type=Path)
    arguments.add_argument("--labelled", type=Path, required=True)
    arguments.add_argument("--unlabelled", type=Path, nargs="+", required=True)
    arguments.add_argument("--steps", type=int, nargs=3, default=(300, 700, 1500), help="codes, teacher, student")
    a = arguments.parse_args()
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    torch.manual_seed(0)
    a.out.mkdir(parents=True, exist_ok=True)
    weights = torch.load(a.start)["average"]
    pool, unlabelled = Pool(a.labelled), Unlabelled(a.unlabelled, a.modality)

    def started():
        net = LeanUNet()
        net.load_state_dict(weights)
        return net

    def student_of(guide, name):
        student = learn_from(guide, fast(started()), pool, unlabelled, a.steps[2])
        torch.save({"average": student.state_dict()}, a.out / f"{name}.pt")

    student_of(None, "plain")
    teacher = fast(Teacher(widen(started())))
    learn_codes(teacher, unlabelled, a.steps[0])
    teacher = learn_vessels(teacher, pool, a.steps[1])
    torch.save({"average": teacher.net.state_dict(), "teacher": teacher.state_dict()}, a.out / "teacher.pt")
    student_of(teacher, "distilled")


if __name__ == "__main__":
    main()
