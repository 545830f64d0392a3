"""Masks as tables with a row for each of their voxels: what lies outside a mask is never computed."""

import itertools

import numpy as np
import torch
import torch.nn.functional as F

STEPS = (-1, 0, 1)


def offsets(dimensions):
    """[3^dimensions, dimensions] steps to the neighbours (z, y, x), x fastest; the voxel itself is the middle one."""
    return np.array(list(itertools.product(STEPS, repeat=dimensions)))


def neighbours(mask):
    """[n, 3^dimensions] int64: of each voxel of a mask (raster order) the rows of its neighbours; n = background."""
    padded = np.pad(mask, 1)
    voxels = np.flatnonzero(padded)
    rows = np.full(padded.size, len(voxels))
    rows[voxels] = np.arange(len(voxels))
    strides = np.array(padded.strides) // padded.itemsize
    return rows[voxels[:, None] + offsets(mask.ndim) @ strides]


def symmetry(rng, dimensions):
    """An order of the neighbours that turns and mirrors the space around."""
    grid = np.arange(3**dimensions).reshape((3,) * dimensions).transpose(rng.permutation(dimensions))
    return grid[tuple(slice(None, None, rng.choice([-1, 1])) for _ in range(dimensions))].ravel()


def joined(tables):
    """Several tables of neighbours as one."""
    total = sum(len(table) for table in tables)
    first, parts = 0, []
    for table in tables:
        parts.append(np.where(table == len(table), total, table + first))
        first += len(table)
    return np.concatenate(parts)


class Gather(torch.autograd.Function):
    """values [n, c], neighbours [n, k] and their `opposites` to [n, k c]; zeros for the background.

    Neighbourhood is mutual, so the way back gathers too; adding up what is scattered is several times slower.
    """

    @staticmethod
    def forward(context, values, neighbours, opposite):
        context.save_for_backward(opposite)
        table = torch.cat([values, values.new_zeros(1, values.shape[1])])
        return table.index_select(0, neighbours.flatten()).view(len(neighbours), -1)

    @staticmethod
    def backward(context, gradient):
        (opposite,) = context.saved_tensors
        n, k = opposite.shape
        table = torch.cat([gradient.view(n * k, -1), gradient.new_zeros(k, gradient.shape[1] // k)])
        return F.embedding_bag(opposite, table, mode="sum"), None, None


def opposites(neighbours):
    """Where, in the gathered values of all voxels, each voxel stands among those of its neighbours."""
    k = neighbours.shape[1]
    return neighbours.flip(1) * k + torch.arange(k)
