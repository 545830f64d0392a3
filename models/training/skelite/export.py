"""Export one step of a trained skeletonizer to ONNX (opset 17, static shape) with its manifest.

    python3 skelite/export.py CHECKPOINT.pt 3 ../skeletons/skelite-3d.onnx --version 0.3.0

One step, not all of them unrolled: between two steps each voxel looks at what its neighbours have become, and who they
are differs from mask to mask.
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

from skelite.net import FEATURES, HIDDEN, ITERATIONS, SLOPE, Skeletonizer

ROWS = 4096


def step_of(net):
    """[rows, 3^d (features + states)] to [rows, states]; what src/inference/skeletonManifest.ts says of both."""
    around = 3**net.dimensions
    look = nn.Linear(around * (len(FEATURES) + net.states), HIDDEN)
    parts = [linear.weight.view(HIDDEN, around, -1) for linear in (net.see, net.look)]
    look.weight.data = torch.cat(parts, 2).flatten(1).detach()
    look.bias.data = net.see.bias.detach()
    return nn.Sequential(look, nn.LeakyReLU(SLOPE), net.decide, nn.Tanh()).eval()


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
        "states": Skeletonizer(dimensions).states,
        "licence": "MIT",
        "card": "../MODEL_CARD.md",
        "description": "Proposes the skeleton of a vessel mask as the order and the ends of an exact thinning.",
    }
    text = json.dumps(manifest, indent=2).replace(json.dumps(FEATURES, indent=2).replace("\n", "\n  "), json.dumps(FEATURES))
    out.with_suffix(".json").write_text(text + "\n")


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("checkpoint", type=Path)
    arguments.add_argument("dimensions", type=int, choices=(2, 3))
    arguments.add_argument("out", type=Path)
    arguments.add_argument("--version", required=True)
    a = arguments.parse_args()
    step = step_of(load(a.checkpoint, a.dimensions))
    torch.onnx.export(
        step, (torch.zeros(ROWS, step[0].in_features),), str(a.out), opset_version=17,
        input_names=["rows"], output_names=["change"], external_data=False,
    )
    graph = onnx.load(str(a.out))
    onnx.checker.check_model(graph)
    print(dict(collections.Counter(node.op_type for node in graph.graph.node)), a.out.stat().st_size, "bytes")
    write_manifest(a.out, a.dimensions, a.version)


if __name__ == "__main__":
    main()
