"""What the student learns from the teacher."""

import torch.nn.functional as F

from losses import vessel_loss

# Between these the teacher is not sure.
LOW, HIGH = 0.2, 0.8


def pseudo_labels(probability):
    """The teacher's answer and where it is sure of it, 0/1 floats."""
    return (probability >= 0.5).float(), ((probability <= LOW) | (probability >= HIGH)).float()


def semi_loss(logits, probability):
    """Cross-entropy and Dice against the teacher's answer on unlabelled images, where it is sure."""
    label, sure = pseudo_labels(probability)
    return vessel_loss(logits, label, label, sure, "none")[0]


def distillation_loss(described, codes):
    """How far the student's features, brought to the codes' space, are from the teacher's codes."""
    return F.mse_loss(described, codes.detach())
