"""Losses for thin, branching things. Probabilities and targets are [n, classes, z, y, x], targets 0/1 floats.

Every term is pooled over the batch, so that a patch without vessels still has a gradient, and averaged over the
classes. The background is no class.
"""

import torch
import torch.nn.functional as F

POOLED = (0, 2, 3, 4)


def dice_loss(probability, truth):
    overlap = (probability * truth).sum(POOLED)
    return (1 - (2 * overlap + 1) / (probability.sum(POOLED) + truth.sum(POOLED) + 1)).mean()


def skeleton_recall_loss(probability, tube):
    """1 - the share of the tubed skeleton that is found (Kirchhoff et al., ECCV 2024)."""
    return (1 - ((probability * tube).sum(POOLED) + 1) / (tube.sum(POOLED) + 1)).mean()


def extreme_along(image, axis, of, outside):
    """The extreme of each voxel and its two neighbours along an axis. Where no gradient is needed, ten times as fast
    as pooling; with one, slower.
    """
    n = image.shape[axis]
    padded = F.pad(image, [int(a == axis) for a in (4, 4, 3, 3, 2, 2)], value=outside)
    return of(image, of(padded.narrow(axis, 0, n), padded.narrow(axis, 2, n)))


def soft_erode(image):
    """Minimum over the 6-neighbour cross."""
    if not image.requires_grad:
        lowest = [extreme_along(image, axis, torch.minimum, torch.inf) for axis in (2, 3, 4)]
        return torch.minimum(torch.minimum(lowest[0], lowest[1]), lowest[2])
    along = lambda kernel: -F.max_pool3d(-image, kernel, 1, tuple(k // 2 for k in kernel))
    return torch.minimum(torch.minimum(along((3, 1, 1)), along((1, 3, 1))), along((1, 1, 3)))


def soft_open(image):
    image = soft_erode(image)
    if image.requires_grad:
        return F.max_pool3d(image, 3, 1, 1)
    for axis in (2, 3, 4):
        image = extreme_along(image, axis, torch.maximum, -torch.inf)
    return image


def soft_skeleton(image, iterations=10):
    """What openings of ever more eroded images take away (Shit et al., CVPR 2021); radii up to `iterations` voxels."""
    skeleton = F.relu(image - soft_open(image))
    for _ in range(iterations):
        image = soft_erode(image)
        ridge = F.relu(image - soft_open(image))
        skeleton = skeleton + F.relu(ridge - skeleton * ridge)
    return skeleton


def cl_dice_loss(probability, truth, iterations=10):
    """1 - soft clDice (Shit et al., CVPR 2021)."""
    own, true = soft_skeleton(probability, iterations), soft_skeleton(truth, iterations)
    precision = ((own * truth).sum(POOLED) + 1) / (own.sum(POOLED) + 1)
    sensitivity = ((true * probability).sum(POOLED) + 1) / (true.sum(POOLED) + 1)
    return (1 - 2 * precision * sensitivity / (precision + sensitivity)).mean()


def mip_loss(probability, truth):
    """Dice of the maximum projections along the three axes: continuity as a reader sees it (SPOCKMIP, 2024)."""
    axes = (2, 3, 4)
    return sum(dice_loss(probability.amax(a, True), truth.amax(a, True)) for a in axes) / len(axes)


# Each takes probability, truth, tubed skeleton and the iterations of a soft skeleton.
CONNECTIVITY = {
    "none": lambda probability, truth, tube, iterations: probability.new_zeros(()),
    "recall": lambda probability, truth, tube, iterations: skeleton_recall_loss(probability, tube),
    "cldice": lambda probability, truth, tube, iterations: cl_dice_loss(probability, truth, iterations),
    "mip": lambda probability, truth, tube, iterations: mip_loss(probability, truth),
}


def vessel_loss(logits, vessel, tube, counts, connectivity="recall", weight=1.0, iterations=10):
    """Cross-entropy + Dice + weight x a connectivity term; the sum, and the three terms.

    logits [n, 1, z, y, x] for one class, [n, 1 + classes, z, y, x] with the background first for several.
    Voxels with counts = 0 take no part.
    """
    if logits.shape[1] == 1:
        probability = torch.sigmoid(logits)
        entropy = F.binary_cross_entropy_with_logits(logits, vessel, weight=counts)
    else:
        probability = torch.softmax(logits, 1)[:, 1:]
        classes = (vessel * torch.arange(1, logits.shape[1]).view(1, -1, 1, 1, 1)).amax(1).long()
        entropy = (F.cross_entropy(logits, classes, reduction="none") * counts[:, 0]).mean()
    probability, vessel, tube = probability * counts, vessel * counts, tube * counts
    dice = dice_loss(probability, vessel)
    connected = CONNECTIVITY[connectivity](probability, vessel, tube, iterations)
    return entropy + dice + weight * connected, (entropy, dice, connected)
