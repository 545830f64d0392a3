"""Write a trained nnU-Net v2 as net.onnx, beside its plans.json and dataset.json.

    python export.py RESULTS_FOLDER [--fold 0] [--checkpoint checkpoint_final.pth]

RESULTS_FOLDER is the one whose name ends in __3d_fullres. Of several folds one is exported: nnU-Net averages them, the
viewer runs one net. Needs the Python environment that nnU-Net runs in, and onnx.
"""

import argparse
from pathlib import Path


def export(predictor, file):
    """The net of a predictor as ONNX: one tile in, its logits out."""
    import torch

    net = predictor.network.cpu().eval()
    net.load_state_dict(predictor.list_of_parameters[0])
    net.decoder.deep_supervision = False
    torch.onnx.export(
        net,
        (torch.zeros(1, 1, *predictor.configuration_manager.patch_size),),
        str(file),
        input_names=["image"],
        output_names=["logits"],
        opset_version=18,
        dynamo=False,
    )


def main():
    import torch
    from nnunetv2.inference.predict_from_raw_data import nnUNetPredictor

    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("results", type=Path)
    arguments.add_argument("--fold", default="0", help="0 to 4, or all")
    arguments.add_argument("--checkpoint", default="checkpoint_final.pth")
    a = arguments.parse_args()
    fold = a.fold if a.fold == "all" else int(a.fold)
    predictor = nnUNetPredictor(device=torch.device("cpu"), perform_everything_on_device=False)
    predictor.initialize_from_trained_model_folder(str(a.results), (fold,), a.checkpoint)
    export(predictor, a.results / "net.onnx")
    print(f"wrote {a.results / 'net.onnx'}")


if __name__ == "__main__":
    main()
