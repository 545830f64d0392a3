"""Export a trained skeletonizer to ONNX, unrolled, opset 17, static shape.

    python3 skelite/export.py CHECKPOINT.pt 3 ../skelite-3d.onnx
"""

import argparse
import collections
import sys
from pathlib import Path

import onnx
import torch

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from skelite.net import Skeletonizer

# What one call sees; small enough that a vessel's surroundings fill it.
SHAPE = {2: (256, 256), 3: (64, 64, 64)}


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("checkpoint", type=Path)
    arguments.add_argument("dimensions", type=int, choices=SHAPE)
    arguments.add_argument("out", type=Path)
    a = arguments.parse_args()
    net = Skeletonizer(a.dimensions)
    net.load_state_dict(torch.load(a.checkpoint))
    torch.onnx.export(
        net.eval(), (torch.zeros(1, 1, *SHAPE[a.dimensions]),), str(a.out), opset_version=17,
        input_names=["mask"], output_names=["skeleton"], external_data=False,
    )
    graph = onnx.load(str(a.out))
    onnx.checker.check_model(graph)
    print(dict(collections.Counter(node.op_type for node in graph.graph.node)), a.out.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
