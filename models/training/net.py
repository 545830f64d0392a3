"""A lean 3-D U-Net whose every operation stays on WebGPU.

One convolution per full-resolution stage keeps most of the cost away from the finest grid; upsampling
is a 1x1x1 convolution and a pixel shuffle, because 3-D transposed convolutions do not run there.
"""

import torch
from torch import nn


class ConvBlock(nn.Sequential):
    def __init__(self, inputs, outputs):
        super().__init__(
            nn.Conv3d(inputs, outputs, 3, padding=1, bias=False),
            nn.BatchNorm3d(outputs),
            nn.LeakyReLU(0.1, inplace=True),
        )


class PixelShuffleUp(nn.Module):
    """Twice the size along every axis: [n, i, z, y, x] to [n, o, 2z, 2y, 2x]."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.outputs = outputs
        self.expand = nn.Conv3d(inputs, 8 * outputs, 1)

    def forward(self, x):
        n, _, z, y, x_size = x.shape
        parts = self.expand(x).reshape(n, self.outputs, 2, 2, 2, z, y, x_size)
        return parts.permute(0, 1, 5, 2, 6, 3, 7, 4).reshape(n, self.outputs, 2 * z, 2 * y, 2 * x_size)


class LeanUNet(nn.Module):
    """Logits [n, 1, z, y, x] from images [n, 1, z, y, x]; edges divisible by 8.

    For several classes, [n, 1 + classes, z, y, x] with the background first.
    """

    def __init__(self, channels=(8, 16, 32, 64), classes=1):
        super().__init__()
        self.encoder = nn.ModuleList()
        previous = 1
        for level, width in enumerate(channels):
            blocks = [ConvBlock(previous, width)]
            if level:
                blocks.append(ConvBlock(width, width))
            self.encoder.append(nn.Sequential(*blocks))
            previous = width
        self.up = nn.ModuleList(PixelShuffleUp(b, a) for a, b in zip(channels, channels[1:]))
        self.decoder = nn.ModuleList()
        for level, width in enumerate(channels[:-1]):
            blocks = [ConvBlock(2 * width, width)]
            if level:
                blocks.append(ConvBlock(width, width))
            self.decoder.append(nn.Sequential(*blocks))
        self.pool = nn.MaxPool3d(2)
        self.head = nn.Conv3d(channels[0], 1 if classes == 1 else 1 + classes, 1)
        # Vessels are rare: start from a low probability.
        with torch.no_grad():
            self.head.bias.copy_(torch.tensor([-3.0] if classes == 1 else [3.0] + [0.0] * classes))

    def encode(self, x):
        """The features of each stage, finest first."""
        features = []
        for level, stage in enumerate(self.encoder):
            x = stage(self.pool(x) if level else x)
            features.append(x)
        return features

    def decode(self, features):
        x = features[-1]
        for level in reversed(range(len(self.decoder))):
            x = self.decoder[level](torch.cat([features[level], self.up[level](x)], 1))
        return self.head(x)

    def forward(self, x):
        return self.decode(self.encode(x))


class Probability(nn.Module):
    """The exported graph: sigmoid of the logits."""

    def __init__(self, net):
        super().__init__()
        self.net = net

    def forward(self, image):
        return torch.sigmoid(self.net(image))


def parameter_count(net):
    return sum(p.numel() for p in net.parameters())
