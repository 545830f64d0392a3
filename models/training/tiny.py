"""Write the tiny analytic net that the tests of the inference room use.

probability = sigmoid(SLOPE * (mean3(image) - 0.5)); mean3 is the mean of the 3x3x3
neighbourhood with zeros outside the tile, so every value can be checked by hand.

    python3 tiny.py ../../test/fixtures
"""

import sys
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from manifest import write_manifest

SIZE = 16
SLOPE = 20.0


def tiny_model():
    shape = [1, 1, SIZE, SIZE, SIZE]
    mean = np.full((1, 1, 3, 3, 3), 1 / 27, np.float32)
    gain = np.full((1, 1, 1, 1, 1), SLOPE, np.float32)
    nodes = [
        helper.make_node("Conv", ["image", "mean"], ["local"], kernel_shape=[3, 3, 3], pads=[1] * 6),
        helper.make_node("Conv", ["local", "gain", "shift"], ["logit"], kernel_shape=[1, 1, 1]),
        helper.make_node("Sigmoid", ["logit"], ["probability"]),
    ]
    graph = helper.make_graph(
        nodes,
        "tiny",
        [helper.make_tensor_value_info("image", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info("probability", TensorProto.FLOAT, shape)],
        [
            numpy_helper.from_array(mean, "mean"),
            numpy_helper.from_array(gain, "gain"),
            numpy_helper.from_array(np.float32([-SLOPE / 2]), "shift"),
        ],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], producer_name="ohif-vessels")
    model.ir_version = 8
    onnx.checker.check_model(model)
    return model


def main(folder):
    path = Path(folder) / "tiny.onnx"
    onnx.save(tiny_model(), str(path))
    write_manifest(
        path,
        model_id="tiny",
        name="Tiny test net",
        version="1.0.0",
        modalities=["MR", "CT"],
        patch=[SIZE] * 3,
        overlap=[4] * 3,
        normalisation={"kind": "percentile", "percentile": 99},
        clip=[-2, 4],
        threshold=0.5,
        card="../../models/training/README.md",
        description="Mean of 27 neighbours, then a sigmoid around 0.5. For tests alone.",
    )


if __name__ == "__main__":
    main(sys.argv[1])
