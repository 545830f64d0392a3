"""Train tiny nnU-Nets on synthetic vessels, export them, and keep what nnU-Net itself predicts.

    python prove.py OUT_FOLDER [--cases mra tiny]

Each case gets a folder with plans.json, dataset.json, net.onnx, and of one image that the net has not seen:
image.bin (float32) and prediction.bin (uint8 labels), both x fastest, and image.json with their dims and spacing
[x, y, z].
"""

import argparse
import json
import os
import sys
from pathlib import Path

os.environ.setdefault("nnUNet_n_proc_DA", "1")
os.environ.setdefault("nnUNet_compile", "f")
sys.path.append(str(Path(__file__).resolve().parent.parent))

import numpy as np  # noqa: E402
from scipy.ndimage import distance_transform_edt  # noqa: E402

from cases import CASES  # noqa: E402
from export import export  # noqa: E402

TRAINING_IMAGES = 5
SIZE = 56
#: Share of the voxels that the net has to call vessel.
LEAST_VESSEL = 0.005
#: Radius in voxels from which a vessel is thick.
THICK = 3.0


def draw(rng, modality):
    """An angiogram and its vessels, of the simulators that the bundled nets learn from."""
    from anatomy import random_anatomy
    from appearance import random_spacing
    from cta import simulate_cta
    from fields import FieldBank
    from mra import simulate_mra

    simulate = {"cta": simulate_cta, "mra": simulate_mra}[modality]
    bank, shape = FieldBank(rng), (SIZE,) * 3
    while True:
        spacing = random_spacing(rng)
        vessels = random_anatomy(rng, np.multiply(shape, spacing))
        image, label, _ = simulate(rng, bank, vessels, shape, spacing)
        if 0.01 < label.mean() < 0.35:
            return np.clip(image, -8, 12), label > 0


def image_of(case, seed):
    """Intensities and labels [z, y, x], with a zeroed margin where the case has one."""
    image, vessel = draw(np.random.default_rng([seed, 4]), case.modality)
    thick = vessel & (distance_transform_edt(vessel) >= THICK)
    label = vessel.astype(np.uint8)
    if max(np.max(v) for v in case.labels.values()) > 1:
        # All that lies within the reach of a thick core, so that both labels have whole vessels.
        label[vessel & (distance_transform_edt(~thick) < THICK)] = 2
    image = np.round(image * 100).astype(np.float32)
    border = int(case.margin * SIZE / 2)
    if border:
        inside = np.zeros(image.shape, bool)
        inside[2:-2, border:-border, border:-border] = True
        image[~inside], label[~inside] = 0, 0
    return np.ascontiguousarray(image[case.part]), np.ascontiguousarray(label[case.part])


def write_dataset(case, number, root):
    import SimpleITK

    folder = root / "raw" / f"Dataset{number:03d}_{case.name.replace('-', '')}"
    for part in ("imagesTr", "labelsTr"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    for seed in range(TRAINING_IMAGES):
        image, label = image_of(case, seed)
        for array, file in (
            (image, f"imagesTr/case{seed}_0000.nii.gz"),
            (label, f"labelsTr/case{seed}.nii.gz"),
        ):
            picture = SimpleITK.GetImageFromArray(array)
            picture.SetSpacing([float(s) for s in case.spacing[::-1]])
            SimpleITK.WriteImage(picture, str(folder / file))
    dataset = {
        "channel_names": {"0": case.channel},
        "labels": case.labels,
        "numTraining": TRAINING_IMAGES,
        "file_ending": ".nii.gz",
        **({"regions_class_order": case.regions} if case.regions else {}),
    }
    (folder / "dataset.json").write_text(json.dumps(dataset, indent=1))
    return folder.name


def tiny_plans(case, folder):
    """nnU-Net's own plans with a small net in them."""
    file = folder / "nnUNetPlans.json"
    plans = json.loads(file.read_text())
    fullres = plans["configurations"]["3d_fullres"]
    order = case.transpose
    plans["transpose_forward"] = list(order)
    plans["transpose_backward"] = [order.index(i) for i in range(3)]
    stages = len(case.strides)
    architecture = fullres["architecture"]["arch_kwargs"]
    architecture.update(
        n_stages=stages,
        features_per_stage=[case.features * 2**i for i in range(stages)],
        kernel_sizes=[list(k) for k in case.kernels],
        strides=[list(s) for s in case.strides],
        n_conv_per_stage=[1] * stages,
        n_conv_per_stage_decoder=[1] * (stages - 1),
    )
    fullres.update(
        patch_size=list(case.patch),
        batch_size=2,
        spacing=[case.spacing[i] for i in order],
        median_image_size_in_voxels=[SIZE] * 3,
    )
    plans["configurations"] = {"3d_fullres": fullres}
    file.write_text(json.dumps(plans, indent=1))


def train(name, number, steps):
    import torch
    from nnunetv2.run.run_training import get_trainer_from_args

    torch.manual_seed(number)
    trainer = get_trainer_from_args(
        str(number), "3d_fullres", "all", "nnUNetTrainer", "nnUNetPlans", device=torch.device("cpu")
    )
    trainer.num_epochs, trainer.num_iterations_per_epoch = 1, steps
    trainer.num_val_iterations_per_epoch = 1
    trainer.disable_checkpointing = False
    trainer.run_training()
    return Path(trainer.output_folder_base)


def predict(predictor, image, spacing):
    segmentation = predictor.predict_single_npy_array(image[None], {"spacing": list(spacing)})
    return segmentation.astype(np.uint8)


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("out", type=Path)
    arguments.add_argument("--cases", nargs="*", default=[case.name for case in CASES])
    a = arguments.parse_args()
    root = a.out / "nnunet"
    for variable, part in (("raw", "raw"), ("preprocessed", "preprocessed"), ("results", "results")):
        os.environ[f"nnUNet_{variable}"] = str(root / part)
        (root / part).mkdir(parents=True, exist_ok=True)

    import torch
    from nnunetv2.experiment_planning.plan_and_preprocess_api import (
        extract_fingerprints,
        plan_experiments,
        preprocess,
    )
    from nnunetv2.inference.predict_from_raw_data import nnUNetPredictor

    for number, case in enumerate(CASES, 901):
        if case.name not in a.cases:
            continue
        name = write_dataset(case, number, root)
        extract_fingerprints([number], num_processes=1, check_dataset_integrity=False)
        plan_experiments([number])
        tiny_plans(case, root / "preprocessed" / name)
        preprocess([number], configurations=["3d_fullres"], num_processes=[1])
        results = train(name, number, case.steps)

        predictor = nnUNetPredictor(
            use_mirroring=case.mirror, device=torch.device("cpu"), perform_everything_on_device=False,
            allow_tqdm=False,
        )
        predictor.initialize_from_trained_model_folder(str(results), ("all",), "checkpoint_final.pth")
        folder = a.out / case.name
        folder.mkdir(parents=True, exist_ok=True)
        for file in ("plans.json", "dataset.json"):
            (folder / file).write_text((results / file).read_text())
        export(predictor, folder / "net.onnx")
        # A net that was trained for so few steps finds nothing in some images, where agreeing is no proof.
        for seed in range(100, 110):
            image, _ = image_of(case, seed)
            segmentation = predict(predictor, image, case.test_spacing)
            if np.mean(segmentation > 0) > LEAST_VESSEL:
                break
        image.astype("<f4").tofile(folder / "image.bin")
        segmentation.tofile(folder / "prediction.bin")
        (folder / "image.json").write_text(
            json.dumps(
                {
                    "dims": list(image.shape[::-1]),
                    "spacing": list(case.test_spacing[::-1]),
                    "modality": "CT" if case.channel == "CT" else "MR",
                    "mirror": case.mirror,
                }
            )
        )
        print(f"{case.name}: {np.mean(segmentation > 0):.3%} of the voxels are vessel", flush=True)


if __name__ == "__main__":
    main()
