"""Export a trained skeletonizer to ONNX (unrolled, opset 17, static shape) with its manifest.

    python3 skelite/export.py CHECKPOINT.pt 3 ../skeletons/skelite-3d.onnx --version 0.1.0
"""

import argparse
import collections
import sys
from pathlib import Path

import onnx
import torch
from torch import nn

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from manifest import write_manifest
from skelite.net import Skeletonizer

# [x, y, z]; the overlap is what the iterations see beyond a voxel.
PATCH = {2: [256, 256, 1], 3: [64, 64, 64]}
OVERLAP = {2: [32, 32, 0], 3: [24, 24, 24]}


class OnVolumes(nn.Module):
    """The product's tensors are [1, 1, z, y, x]; an image is a volume of one slice."""

    def __init__(self, net):
        super().__init__()
        self.net = net

    def forward(self, mask):
        return self.net(mask) if self.net.dimensions == 3 else self.net(mask[:, :, 0])[:, :, None]


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("checkpoint", type=Path)
    arguments.add_argument("dimensions", type=int, choices=PATCH)
    arguments.add_argument("out", type=Path)
    arguments.add_argument("--version", required=True)
    a = arguments.parse_args()
    net = Skeletonizer(a.dimensions)
    net.load_state_dict(torch.load(a.checkpoint))
    torch.onnx.export(
        OnVolumes(net).eval(), (torch.zeros(1, 1, *PATCH[a.dimensions][::-1]),), str(a.out), opset_version=17,
        input_names=["mask"], output_names=["skeleton"], external_data=False,
    )
    graph = onnx.load(str(a.out))
    onnx.checker.check_model(graph)
    print(dict(collections.Counter(node.op_type for node in graph.graph.node)), a.out.stat().st_size, "bytes")
    kind = {2: "images", 3: "volumes"}[a.dimensions]
    write_manifest(
        a.out, model_id=f"skelite-{a.dimensions}d", name=f"Skeletons of masks that are {kind}", version=a.version,
        modalities=["CT", "MR", "OPT", "OT"], patch=PATCH[a.dimensions], overlap=OVERLAP[a.dimensions],
        normalisation={"kind": "fixed", "offset": 0, "scale": 1}, clip=[0.0, 1.0], threshold=0.5,
        card="../MODEL_CARD.md", input_name="mask", output_name="skeleton",
        description="Proposes the skeleton of a vessel mask as the order and the ends of an exact thinning.",
    )


if __name__ == "__main__":
    main()
