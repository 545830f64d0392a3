"""Scores of whole volumes, as `src/metrics` computes them. Masks are bool [z, y, x]; foreground 26-connected."""

import numpy as np
from scipy import ndimage
from skimage.measure import euler_number
from skimage.morphology import skeletonize

CUBE = np.ones((3, 3, 3))


def betti(mask):
    """Components, loops and cavities."""
    padded = np.pad(mask, 1)
    components = ndimage.label(padded, CUBE)[1]
    cavities = ndimage.label(~padded)[1] - 1
    return components, components + cavities - euler_number(padded, connectivity=3), cavities


def dice(mask, truth):
    return 2 * (mask & truth).sum() / max(1, mask.sum() + truth.sum())


def cl_dice(mask, truth):
    """Centerline Dice (Shit et al., CVPR 2021) with Lee's skeletons."""
    own, true = (skeletonize(a, method="lee") > 0 for a in (mask, truth))
    precision = (own & truth).sum() / max(1, own.sum())
    sensitivity = (true & mask).sum() / max(1, true.sum())
    return 2 * precision * sensitivity / max(1e-9, precision + sensitivity)


def agreement(mask, truth):
    """Dice, clDice and the errors of the first two Betti numbers; None where there is nothing to find or be found."""
    if not mask.any() and not truth.any():
        return None
    (b0, b1, _), (true0, true1, _) = betti(mask), betti(truth)
    return {
        "dice": float(dice(mask, truth)),
        "clDice": float(cl_dice(mask, truth)),
        "b0": abs(int(b0) - int(true0)),
        "b1": abs(int(b1) - int(true1)),
    }


def mean_agreement(pairs):
    """The mean of the agreements of (mask, truth) pairs that have any."""
    rows = [row for row in (agreement(*pair) for pair in pairs) if row]
    return {key: float(np.mean([row[key] for row in rows])) for key in rows[0]}
