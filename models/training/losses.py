"""Dice + cross-entropy + Skeleton Recall Loss (Kirchhoff et al., ECCV 2024), one foreground class."""

import numpy as np
import torch
import torch.nn.functional as F
from scipy import ndimage
from skimage.morphology import skeletonize_3d

CROSS = ndimage.generate_binary_structure(3, 1)


def tubed_skeleton(mask):
    """Lee skeleton of the mask, dilated twice by the 6-neighbour cross, cut to the mask. bool [z, y, x]."""
    skeleton = skeletonize_3d(mask.astype(np.uint8)) > 0
    return ndimage.binary_dilation(skeleton, CROSS, iterations=2) & mask


def vessel_loss(logits, vessel, tube, counts):
    """Sum of the three terms and the terms themselves; all tensors [n, 1, z, y, x], targets 0/1 floats.

    Voxels with counts = 0 take no part. Dice and recall are pooled over the batch: a patch without
    vessels then still has a gradient.
    """
    probability = torch.sigmoid(logits) * counts
    vessel, tube = vessel * counts, tube * counts
    entropy = F.binary_cross_entropy_with_logits(logits, vessel, weight=counts)
    dice = 1 - (2 * (probability * vessel).sum() + 1) / (probability.sum() + vessel.sum() + 1)
    recall = 1 - ((probability * tube).sum() + 1) / (tube.sum() + 1)
    return entropy + dice + recall, (entropy, dice, recall)
