"""Weights of an exported net as the start of further training: an .onnx file becomes a checkpoint for --init.

    python3 warm_start.py NET.onnx SHARDS OUT.pt

The exporter folds BatchNorm into the convolutions. Here it is unfolded again: with the mean and variance of
each convolution's output on a few batches as the layer's statistics, and scale and offset that undo them.
"""

import argparse
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from net import LeanUNet
from train import Pool, batch

BATCHES = 20


def folded_weights(path):
    """(weight, bias) of the convolutions in the order in which they run."""
    graph = onnx.load(str(path)).graph
    arrays = {i.name: torch.from_numpy(numpy_helper.to_array(i).copy()) for i in graph.initializer}
    return [(arrays[node.input[1]], arrays[node.input[2]]) for node in graph.node if node.op_type == "Conv"]


def in_order(net, image):
    """The net's convolutions as it runs them, each with the BatchNorm behind it (or None)."""
    order = []
    hooks = [
        m.register_forward_hook(lambda module, _, __: order.append(module))
        for m in net.modules()
        if isinstance(m, (torch.nn.Conv3d, torch.nn.BatchNorm3d))
    ]
    with torch.no_grad():
        net.eval()(image)
    for hook in hooks:
        hook.remove()
    pairs = zip(order, order[1:] + [None])
    return [(m, n if isinstance(n, torch.nn.BatchNorm3d) else None) for m, n in pairs if isinstance(m, torch.nn.Conv3d)]


@torch.no_grad()
def warm_start(path, images):
    """A LeanUNet in evaluation mode that answers as the .onnx file does."""
    net = LeanUNet()
    for (weight, bias), (conv, norm) in zip(folded_weights(path), in_order(net, images[0]), strict=True):
        conv.weight.copy_(weight)
        if norm is None:
            conv.bias.copy_(bias)
            continue
        norm.running_mean.zero_()
        norm.running_var.fill_(1 - norm.eps)
        norm.weight.fill_(1)
        norm.bias.copy_(bias)
    outputs = {norm: [] for _, norm in in_order(net, images[0]) if norm}
    hooks = [n.register_forward_hook(lambda m, inputs, _: outputs[m].append(inputs[0])) for n in outputs]
    for image in images:
        net(image)
    for hook in hooks:
        hook.remove()
    for norm, seen in outputs.items():
        variance, mean = torch.var_mean(torch.cat(seen), (0, 2, 3, 4), unbiased=False)
        norm.running_mean.copy_(mean)
        norm.running_var.copy_(variance)
        norm.bias.add_(mean)
        norm.weight.copy_((variance + norm.eps).sqrt())
    return net


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("net", type=Path)
    arguments.add_argument("shards", type=Path)
    arguments.add_argument("out", type=Path)
    a = arguments.parse_args()
    rng, pool = np.random.default_rng(0), Pool(a.shards)
    net = warm_start(a.net, [batch(rng, pool)[0] for _ in range(BATCHES)])
    torch.save({"average": net.state_dict()}, a.out)


if __name__ == "__main__":
    main()
