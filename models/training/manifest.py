"""Manifests: the JSON beside every .onnx file (contract: src/inference/manifest.ts)."""

import hashlib
import json
import re
from pathlib import Path

SCT = "SCT"
BLOOD_VESSEL = {
    "value": 1,
    "name": "Vessels",
    "category": {"value": "91723000", "scheme": SCT, "meaning": "Anatomical Structure"},
    "type": {"value": "59820001", "scheme": SCT, "meaning": "Blood Vessel"},
    "color": "#e66101",
}


def write_manifest(onnx_path, *, model_id, name, version, modalities, patch, overlap,
                   normalisation, clip, threshold, card, description, input_name="image",
                   output_name="probability", coarse=False, darkest=None, min_share=None):
    """Write `<model>.json` beside `<model>.onnx`. patch and overlap are [x, y, z] in voxels."""
    onnx_path = Path(onnx_path)
    manifest = {
        "schema": 1,
        "id": model_id,
        "name": name,
        "version": version,
        "file": onnx_path.name,
        "sha256": hashlib.sha256(onnx_path.read_bytes()).hexdigest(),
        "modalities": list(modalities),
        "input": input_name,
        "output": output_name,
        "patch": list(patch),
        "overlap": list(overlap),
        "normalisation": normalisation,
        "clip": list(clip),
        **({"darkest": darkest} if darkest is not None else {}),
        **({"coarse": True} if coarse else {}),
        "threshold": threshold,
        **({"minShare": min_share} if min_share is not None else {}),
        "labels": [BLOOD_VESSEL],
        "licence": "MIT",
        "card": card,
        "description": description,
    }
    target = onnx_path.with_suffix(".json")
    # Lists of scalars on one line, as the repository's formatter wants them.
    text = re.sub(
        r"\[[^\[\]{}]*\]",
        lambda found: json.dumps(json.loads(found[0])),
        json.dumps(manifest, indent=2),
    )
    target.write_text(text + "\n")
    return target
