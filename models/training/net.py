"""A lean 3-D U-Net whose every operation stays on WebGPU.

It works on half the grid: 2x2x2 voxels become channels, and the last features become 2x2x2 voxels again. On the
full grid a few channels would take most of the time. Every change of the grid is a pixel shuffle, because 3-D
transposed convolutions do not run there.
"""

import torch
import torch.nn.functional as F
from torch import nn

# Beside the intensity itself the net sees tanh(k x): dim vessels stand out as clearly as bright ones.
COMPANDING = (4.0, 16.0)


class ConvBlock(nn.Sequential):
    def __init__(self, inputs, outputs):
        super().__init__(
            nn.Conv3d(inputs, outputs, 3, padding=1, bias=False),
            nn.BatchNorm3d(outputs),
            nn.LeakyReLU(0.1, inplace=True),
        )


class Stage(nn.Sequential):
    """So many blocks at one resolution."""

    def __init__(self, inputs, outputs, depth):
        super().__init__(*(ConvBlock(outputs if k else inputs, outputs) for k in range(depth)))


def to_channels(x):
    """Half the size along every axis: [n, c, 2z, 2y, 2x] to [n, 8c, z, y, x]."""
    n, c, z, y, x_size = x.shape
    parts = x.reshape(n, c, z // 2, 2, y // 2, 2, x_size // 2, 2)
    return parts.permute(0, 1, 3, 5, 7, 2, 4, 6).reshape(n, 8 * c, z // 2, y // 2, x_size // 2)


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


def with_kind(image, kind, kinds):
    """[n, 1 + kinds, z, y, x]: the image and a channel for each kind, 1 for the image's own (kind [n]) and 0 else."""
    told = F.one_hot(kind, kinds)[..., None, None, None].to(image.dtype)
    return torch.cat([image, told.expand(-1, -1, *image.shape[2:])], 1)


class LeanUNet(nn.Module):
    """Logits [n, 1, z, y, x] from images [n, 1, z, y, x]; edges divisible by 2 to the number of stages.

    For several classes, [n, 1 + classes, z, y, x] with the background first. With kinds it is told of which kind an
    image is: see with_kind.
    """

    def __init__(self, channels=(16, 32, 64), classes=1, kinds=0):
        super().__init__()
        self.kinds = kinds
        inputs = [8 * (1 + len(COMPANDING)) + kinds, *channels]
        deepest = len(channels) - 1
        self.encoder = nn.ModuleList(
            Stage(i, o, 3 if level == deepest else 2) for level, (i, o) in enumerate(zip(inputs, channels))
        )
        self.up = nn.ModuleList(PixelShuffleUp(b, a) for a, b in zip(channels, channels[1:]))
        self.decoder = nn.ModuleList(Stage(2 * c, c, 2 if level else 1) for level, c in enumerate(channels[:-1]))
        self.pool = nn.MaxPool3d(2)
        self.head = PixelShuffleUp(channels[0], 1 if classes == 1 else 1 + classes)
        # Vessels are rare: start from a low probability.
        with torch.no_grad():
            start = torch.tensor([-3.0] if classes == 1 else [3.0] + [0.0] * classes)
            self.head.expand.bias.copy_(start.repeat_interleave(8))

    def encode(self, x):
        """The features of each stage, finest first."""
        image, told = x[:, :1], x[:, 1:, ::2, ::2, ::2]
        x = to_channels(torch.cat([image, *(torch.tanh(k * image) for k in COMPANDING)], 1))
        if self.kinds:
            x = torch.cat([x, told], 1)
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
    """The exported graph: sigmoid of the logits, of images of one kind where the net wants to be told it."""

    def __init__(self, net, kind=None):
        super().__init__()
        self.net, self.kind = net, kind

    def forward(self, image):
        if self.kind is not None:
            image = with_kind(image, torch.tensor([self.kind]), self.net.kinds)
        return torch.sigmoid(self.net(image))


def parameter_count(net):
    return sum(p.numel() for p in net.parameters())
