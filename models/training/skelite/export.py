"""Export a trained skeletonizer to ONNX (opset 17), its iterations unrolled, with its manifest.

    python3 skelite/export.py CHECKPOINT.pt 3 ../skeletons/skelite-3d.onnx --version 0.4.0
"""

import argparse
import collections
import hashlib
import json
import sys
from pathlib import Path

import onnx
import torch
from torch import nn

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from skelite.net import FEATURES, ITERATIONS, Skeletonizer

# Voxels that the product answers in one run: what is gathered around them fits in a buffer of a GPU.
ROWS = 131_072


class Unrolled(nn.Module):
    """features [n, f], neighbours [n, 3^d] int32 to likeness [n, 1]: what src/inference/skeletonManifest.ts says."""

    def __init__(self, net):
        super().__init__()
        self.net = net
        self.register_buffer("no_features", torch.zeros(1, len(FEATURES)))
        self.register_buffer("no_states", torch.zeros(1, net.states))

    def forward(self, features, neighbours):
        rows = neighbours.reshape(-1)
        seen = self.net.see(self.gathered(features, self.no_features, rows))
        states = self.net.change(seen, None)
        for _ in range(1, ITERATIONS):
            states = states + self.net.change(seen, self.gathered(states, self.no_states, rows))
        return torch.sigmoid(states[:, :1])

    def gathered(self, values, nothing, rows):
        """As rows.Gather, of operations that ONNX has."""
        width = 3**self.net.dimensions * nothing.numel()
        return torch.cat([values, nothing]).index_select(0, rows).reshape(-1, width)


def load(checkpoint, dimensions):
    """The averaged weights of a checkpoint of train.py."""
    net = Skeletonizer(dimensions)
    average = torch.optim.swa_utils.AveragedModel(net)
    average.load_state_dict(torch.load(checkpoint)["average"])
    return average.module


def write_manifest(out, dimensions, version):
    kind = {2: "images", 3: "volumes"}[dimensions]
    manifest = {
        "schema": 1,
        "id": f"skelite-{dimensions}d",
        "name": f"Skeletons of masks that are {kind}",
        "version": version,
        "file": out.name,
        "sha256": hashlib.sha256(out.read_bytes()).hexdigest(),
        "dimensions": dimensions,
        "rows": ROWS,
        "iterations": ITERATIONS,
        "features": FEATURES,
        "licence": "MIT",
        "card": "../MODEL_CARD.md",
        "description": "Proposes the skeleton of a vessel mask as the order and the ends of an exact thinning.",
    }
    text = json.dumps(manifest, indent=2).replace(json.dumps(FEATURES, indent=2).replace("\n", "\n  "), json.dumps(FEATURES))
    out.with_suffix(".json").write_text(text + "\n")


def to_onnx(net, out):
    example = torch.ones(5, len(FEATURES)), torch.full((5, 3**net.dimensions), 5, dtype=torch.int32)
    torch.onnx.export(
        Unrolled(net).eval(), example, str(out), opset_version=17, dynamo=False,
        input_names=["features", "neighbours"], output_names=["likeness"],
        dynamic_axes={name: {0: "voxels"} for name in ("features", "neighbours", "likeness")},
    )
    onnx.checker.check_model(onnx.load(str(out)))


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("checkpoint", type=Path)
    arguments.add_argument("dimensions", type=int, choices=(2, 3))
    arguments.add_argument("out", type=Path)
    arguments.add_argument("--version", required=True)
    a = arguments.parse_args()
    to_onnx(load(a.checkpoint, a.dimensions), a.out)
    operations = collections.Counter(node.op_type for node in onnx.load(str(a.out)).graph.node)
    print(dict(operations), a.out.stat().st_size, "bytes")
    write_manifest(a.out, a.dimensions, a.version)


if __name__ == "__main__":
    main()
