"""The teacher: a wide U-Net that describes its bottleneck by codes, after VpbSD (Lin et al., 2024)."""

import torch.nn.functional as F
from torch import nn

from net import PixelShuffleUp
from vpbsd.codebook import Codebook


class Teacher(nn.Module):
    """`net` is a LeanUNet; the codes are added to its bottleneck, at first with no effect."""

    def __init__(self, net, codes=256, width=16, heads=4):
        super().__init__()
        self.net = net
        deep, coded = net.encoder[-1][0][0].out_channels, heads * width
        self.to_codes = nn.Conv3d(deep, coded, 1)
        # Vectors of unit variance: the codes start where they are.
        self.norm = nn.BatchNorm3d(coded, affine=False)
        self.codebook = Codebook(codes, width, heads)
        self.from_codes = nn.Conv3d(coded, deep, 1)
        nn.init.zeros_(self.from_codes.weight)
        nn.init.zeros_(self.from_codes.bias)
        # Sees the codes alone: with skipped features there would be nothing to learn.
        self.rebuild = nn.Sequential(
            PixelShuffleUp(coded, 32), nn.LeakyReLU(0.1), PixelShuffleUp(32, 16), nn.LeakyReLU(0.1),
            PixelShuffleUp(16, 8), nn.LeakyReLU(0.1), nn.Conv3d(8, 1, 3, padding=1),
        )

    def quantise(self, deep):
        """Codes of the deepest features, codebook loss, vectors."""
        return self.codebook(self.norm(self.to_codes(deep)).float())

    def reconstruct(self, image):
        """Loss of rebuilding the image from codes, codebook loss, vectors; needs no label."""
        codes, loss, vectors = self.quantise(self.net.encode(image)[-1])
        return F.mse_loss(self.rebuild(codes).float(), image), loss, vectors

    def forward(self, image):
        """Logits, codes, codebook loss."""
        features = self.net.encode(image)
        codes, loss, _ = self.quantise(features[-1])
        features[-1] = features[-1] + self.from_codes(codes)
        return self.net.decode(features), codes, loss
