"""Export a checkpoint to ONNX (opset 17, static [1, 1, 64, 64, 64], fp32) with its manifest.

    python3 export.py CHECKPOINT.pt mra ../vessels-mra.onnx --version 0.1.0 --threshold 0.5 \
        [--check CHECK_FOLDER]

--check writes an input and torch's answer for parity.mjs, which runs the file in onnxruntime.
"""

import argparse
import collections
import warnings
from pathlib import Path

import numpy as np
import onnx
import torch

from generate import sample
from fields import FieldBank
from manifest import write_manifest
from net import LeanUNet, Probability
from train import CLIP

PATCH = 64
OVERLAP = 16
# 3-D operations that the WebGPU backend of onnxruntime-web runs correctly.
ALLOWED = {
    "Conv", "LeakyRelu", "MaxPool", "Mul", "Tanh", "Reshape", "Transpose", "Concat", "Sigmoid", "Constant", "Expand", "Slice",
}

MODELS = {
    "mra": {
        "name": "Vessels in MR angiograms",
        "modalities": ["MR"],
        "darkest": 0.15,
        "min_share": 0.005,
        "normalisation": {"kind": "percentile", "percentile": 99.5},
        "description": "Bright vessels in time-of-flight and contrast-enhanced MR angiograms. "
        "Trained on synthetic angiograms alone. Research use only, not for diagnosis.",
    },
    "cta": {
        "name": "Vessels in CT angiograms",
        "modalities": ["CT"],
        "darkest": -1.0,
        "min_share": 0.001,
        "normalisation": {"kind": "fixed", "offset": 40, "scale": 300},
        "description": "Enhanced vessels in CT angiograms, the chambers of the heart in part; marks some bone. "
        "Trained on synthetic angiograms alone. Research use only, not for diagnosis.",
    },
    "generic": {
        "name": "Vessels in other images",
        "modalities": ["OPT", "OT"],
        "normalisation": {"kind": "percentile", "percentile": 99.5},
        "description": "Bright vessels in microscopy and OCT angiography. "
        "Trained on synthetic images alone. Research use only, not for diagnosis.",
    },
}


def load(checkpoint, kinds=0, kind=None):
    net = LeanUNet(kinds=kinds)
    net.load_state_dict(torch.load(checkpoint, map_location="cpu")["average"])
    return Probability(net, kind).eval()


def to_onnx(model, path):
    with warnings.catch_warnings():
        # The shapes in the pixel shuffle become constants, which is what a static model wants.
        warnings.simplefilter("ignore", torch.jit.TracerWarning)
        torch.onnx.export(
            model, torch.zeros(1, 1, PATCH, PATCH, PATCH), str(path), opset_version=17,
            input_names=["image"], output_names=["probability"], external_data=False,
        )
    graph = onnx.load(str(path))
    onnx.checker.check_model(graph)
    operations = collections.Counter(node.op_type for node in graph.graph.node)
    foreign = set(operations) - ALLOWED
    if foreign:
        raise ValueError(f"operations not known to run on WebGPU: {sorted(foreign)}")
    return operations


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("checkpoint", type=Path)
    arguments.add_argument("modality", choices=sorted(MODELS))
    arguments.add_argument("out", type=Path)
    arguments.add_argument("--version", required=True)
    arguments.add_argument("--threshold", type=float, required=True)
    arguments.add_argument("--coarse", action="store_true", help="let the product run it on twice the voxel size too")
    arguments.add_argument("--kind", type=int, nargs=2, default=(None, 0), help="of a net trained with --told: which of how many")
    arguments.add_argument("--check", type=Path)
    a = arguments.parse_args()
    torch.set_num_threads(1)
    kind, kinds = a.kind
    model = load(a.checkpoint, kinds, kind)
    print(dict(to_onnx(model, a.out)), a.out.stat().st_size, "bytes")
    write_manifest(
        a.out, model_id=f"vessels-{a.modality}", version=a.version, threshold=a.threshold,
        patch=[PATCH] * 3, overlap=[OVERLAP] * 3, clip=CLIP, card="MODEL_CARD.md", coarse=a.coarse, **MODELS[a.modality],
    )
    if a.check:
        a.check.mkdir(parents=True, exist_ok=True)
        rng = np.random.default_rng(0)
        image = np.clip(sample(rng, FieldBank(rng), a.modality, PATCH)[0], *CLIP).astype(np.float32)
        with torch.no_grad():
            expected = model(torch.from_numpy(image)[None, None]).numpy()
        image.tofile(a.check / "image.f32")
        expected.tofile(a.check / "probability.f32")


if __name__ == "__main__":
    main()
