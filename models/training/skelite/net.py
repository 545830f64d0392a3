"""A compact recurrent skeletonizer in the spirit of Skelite (Vargas et al., 2025), for images and volumes.

One tiny network, used six times with the same weights, says of every voxel how sure it is that the voxel goes; what
stays is the skeleton. Topology is not guaranteed: the product takes the answer as the order and the end points of an
exact thinning.
"""

import torch
import torch.nn.functional as F
from torch import nn

CONVOLUTION = {2: nn.Conv2d, 3: nn.Conv3d}
POOL = {2: F.max_pool2d, 3: F.max_pool3d}


class Skeletonizer(nn.Module):
    """[n, 1, (z,) y, x] of 0 … 1 to the same shape; 1 = skeleton."""

    def __init__(self, dimensions, hidden=16, iterations=6, depth_levels=8):
        super().__init__()
        convolution, self.pool = CONVOLUTION[dimensions], POOL[dimensions]
        self.dimensions, self.iterations, self.depth_levels = dimensions, iterations, depth_levels
        self.look = convolution(4, hidden, 3, padding=1)
        self.think = convolution(hidden, hidden, 1)
        self.decide = convolution(hidden, 1, 1)
        # Few voxels go in one step: start there.
        nn.init.constant_(self.decide.bias, -2.0)

    def erode(self, x):
        return -self.pool(-x, 3, 1, 1)

    def erode_by_cross(self, x):
        """Minimum over the neighbours that share a face."""
        worst = None
        for axis in range(self.dimensions):
            kernel = [3 if a == axis else 1 for a in range(self.dimensions)]
            along = self.pool(-x, kernel, 1, [k // 2 for k in kernel])
            worst = along if worst is None else torch.maximum(worst, along)
        return -worst

    def depth(self, mask):
        """How deep a voxel lies, 0 … 1, by erosions with the cross and the cube in turn: nearly round."""
        total = layer = mask
        for level in range(self.depth_levels - 1):
            layer = self.erode(layer) if level % 2 else self.erode_by_cross(layer)
            total = total + layer
        return total / self.depth_levels

    def steps(self, mask):
        """The mask after each iteration."""
        depth, x, out = self.depth(mask), mask, []
        for _ in range(self.iterations):
            features = torch.cat([x, self.erode(x), depth, mask], 1)
            hidden = F.leaky_relu(self.think(F.leaky_relu(self.look(features), 0.1)), 0.1)
            x = x * (1 - torch.sigmoid(self.decide(hidden)))
            out.append(x)
        return out

    def forward(self, mask):
        return self.steps(mask)[-1]
