"""A net with twice the channels that answers as the one it is made of (Net2WiderNet, Chen et al., ICLR 2016)."""

import torch

from net import LeanUNet


def twice(tensor, dimension, copies):
    """Each of the consecutive groups of channels behind itself once more."""
    return torch.cat([part for group in tensor.chunk(copies, dimension) for part in (group, group)], dimension)


@torch.no_grad()
def widen(net, noise=0.02):
    """Every channel twice, the weights onto each half; noise (of a weight's deviation) lets the twins part ways."""
    wide = LeanUNet([2 * stage[0][0].out_channels for stage in net.encoder])
    source = net.state_dict()
    for name, values in wide.state_dict().items():
        value = source[name]
        if value.ndim == 5:
            if value.shape[1] < values.shape[1]:
                # A decoder reads skipped features and those from below: two groups.
                first_of_decoder = name.startswith("decoder") and name.split(".")[2] == "0"
                value = twice(value, 1, 2 if first_of_decoder else 1) / 2
            if value.shape[0] < values.shape[0]:
                value = torch.cat([value, value])
            value = value + noise * value.std() * torch.randn_like(value)
        elif value.shape != values.shape:
            value = torch.cat([value, value])
        values.copy_(value)
    return wide
