"""A codebook of vessel patterns: vectors are replaced by the nearest of a few (van den Oord et al., VQ-VAE, 2017)."""

import torch
import torch.nn.functional as F
from torch import nn

COMMITMENT = 0.25
# A code that takes less than this share of an even spread is dead.
DEAD = 0.02


class Codebook(nn.Module):
    """Features [n, heads * width, z, y, x]; each position is `heads` vectors, all from one codebook."""

    def __init__(self, codes=256, width=16, heads=4):
        super().__init__()
        self.width, self.heads = width, heads
        self.codes = nn.Parameter(torch.randn(codes, width))
        self.register_buffer("use", torch.full((codes,), 1 / codes))

    def nearest(self, vectors):
        """The index of the code nearest to each of [m, width]."""
        return torch.cdist(vectors, self.codes).argmin(1)

    def forward(self, features):
        """The quantised features, with the gradient passed straight through; codebook loss; vectors [m, width]."""
        rows = features.movedim(1, -1)
        vectors = rows.reshape(-1, self.width)
        index = self.nearest(vectors)
        codes = self.codes[index]
        loss = F.mse_loss(codes, vectors.detach()) + COMMITMENT * F.mse_loss(vectors, codes.detach())
        if self.training:
            share = torch.bincount(index, minlength=len(self.codes)) / len(index)
            self.use.lerp_(share, 0.02)
        quantised = vectors + (codes - vectors).detach()
        return quantised.reshape(rows.shape).movedim(-1, 1), loss, vectors

    @torch.no_grad()
    def revive(self, vectors):
        """Dead codes become vectors that were seen; how many there were."""
        dead = (self.use < DEAD / len(self.use)).nonzero()[:, 0]
        self.codes[dead] = vectors[torch.randint(len(vectors), dead.shape)].detach()
        self.use[dead] = 1 / len(self.use)
        return len(dead)

    def perplexity(self):
        """As if so many codes were in even use."""
        share = self.use / self.use.sum()
        return (-(share * (share + 1e-12).log()).sum()).exp().item()
