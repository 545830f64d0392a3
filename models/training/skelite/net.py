"""A compact recurrent skeletonizer in the spirit of Skelite (Vargas et al., 2025), on the voxels of a mask alone.

One tiny network, used several times with the same weights, changes the states of each voxel by what it knows of the
voxels around. The sigmoid of the first state is the likeness of the voxel to be on the skeleton. Topology is not
guaranteed: the product takes the answer as the order and the end points of an exact thinning.
"""

import numpy as np
import torch
import torch.nn.functional as F
from scipy import ndimage
from torch import nn

from skelite.rows import Gather, opposites

FEATURES = ("mask", "depth")
STATES = {2: 8, 3: 6}
HIDDEN = 32
ITERATIONS = 8
SLOPE = 0.1


def features_of(mask):
    """[n, 2] float32 of the voxels of a mask (bool) in raster order; src/inference/skeletonManifest.ts has the same."""
    distance = ndimage.distance_transform_edt(mask)[mask]
    return np.stack([np.ones_like(distance), np.log2(1 + distance) / 4], 1).astype(np.float32)


class Skeletonizer(nn.Module):
    def __init__(self, dimensions):
        super().__init__()
        self.dimensions, self.states = dimensions, STATES[dimensions]
        around = 3**dimensions
        self.see = nn.Linear(around * len(FEATURES), HIDDEN)
        self.look = nn.Linear(around * self.states, HIDDEN, bias=False)
        self.decide = nn.Linear(HIDDEN, self.states)
        # Small steps at first: the iterations add up.
        nn.init.normal_(self.decide.weight, std=0.03)

    def change(self, seen, around):
        """Of the states, by the features around and the states around (None: all 0)."""
        known = seen if around is None else seen + self.look(around)
        return torch.tanh(self.decide(F.leaky_relu(known, SLOPE)))

    def forward(self, features, neighbours, precision=torch.float32):
        """features [n, 2], neighbours [n, 3^dimensions] (`rows.neighbours`) to logits [n] after each iteration."""
        opposite = opposites(neighbours)
        seen = self.see(Gather.apply(features.to(precision), neighbours, opposite))
        states, logits = features.new_zeros(len(features), self.states), []
        for _ in range(ITERATIONS):
            around = Gather.apply(states.to(precision), neighbours, opposite)
            states = states + self.change(seen, around).float()
            logits.append(states[:, 0])
        return logits
