"""Read SEGs with highdicom and compare voxels, places and descriptions with what was written.

Each line of the input is a JSON object: `file`; `grid` with dims, origin, spacing and direction (LPS); `expected`, a
raw file of uint8 with the voxels of all segments one after the other, x fastest; `segments`, what each says of itself.
Each line of the output is a JSON object with `error`, null where all agree.
"""

import json
import sys

import highdicom as hd
import numpy as np


def places_on_grid(volume, grid):
    """Grid indices [x, y, z] of each voxel of a highdicom volume."""
    to_world = np.eye(4)
    to_world[:3, :3] = np.array(grid["direction"]).reshape(3, 3).T * np.array(grid["spacing"])
    to_world[:3, 3] = grid["origin"]
    indices = np.indices(volume.spatial_shape).reshape(3, -1)
    homogeneous = np.vstack([indices, np.ones(indices.shape[1])])
    places = (np.linalg.inv(to_world) @ volume.affine @ homogeneous)[:3]
    rounded = np.rint(places).astype(int)
    if np.abs(places - rounded).max() > 0.01:
        raise ValueError("frames lie between the voxels of the series")
    return rounded


def check_voxels(seg, case):
    """Raise where a segment has other voxels than were written."""
    nx, ny, nz = case["grid"]["dims"]
    numbers = [segment["number"] for segment in case["segments"]]
    expected = np.fromfile(case["expected"], np.uint8).reshape(len(numbers), nz, ny, nx)
    # a label map is one volume by nature; highdicom 0.28 loses segments of one with gaps between their numbers
    # when it is asked to stack them
    combine = seg.segmentation_type.value == "LABELMAP"
    volume = seg.get_volume(
        segment_numbers=None if combine else numbers,
        combine_segments=combine,
        allow_missing_positions=True,
        rescale_fractional=False,
    )
    x, y, z = places_on_grid(volume, case["grid"])
    found = np.zeros_like(expected)
    if combine:
        for segment, number in enumerate(numbers):
            found[segment, z, y, x] = volume.array.reshape(-1) == number
    else:
        found[:, z, y, x] = volume.array.reshape(-1, len(numbers)).T
    for number, a, b in zip(numbers, found, expected):
        different = int((a != b).sum())
        if different:
            raise ValueError(f"{different} voxels of segment {number} differ")


def check_descriptions(seg, case):
    """Raise where a segment says something else of itself."""
    if sorted(n for n in seg.segment_numbers if n != 0) != [s["number"] for s in case["segments"]]:
        raise ValueError(f"segments are {seg.segment_numbers}")
    for said in case["segments"]:
        found = seg.get_segment_description(said["number"])
        kind = found.segmented_property_type
        algorithm = found.algorithm_identification
        modifiers = found.SegmentedPropertyTypeCodeSequence[0].get(
            "SegmentedPropertyTypeModifierCodeSequence", []
        )
        pairs = {
            "label": (found.segment_label, said["label"]),
            "type": ([kind.scheme_designator, kind.value, kind.meaning], said["type"]),
            "modifier": ([m.CodeValue for m in modifiers], said["modifier"]),
            "algorithm type": (found.SegmentAlgorithmType, said["algorithmType"]),
            "tracking": ([found.tracking_id, found.tracking_uid], said["tracking"]),
            "algorithm": (
                algorithm and [algorithm.name, algorithm.version, algorithm[0].AlgorithmParameters],
                said["algorithm"],
            ),
        }
        for name, (a, b) in pairs.items():
            if a != b:
                raise ValueError(f"{name} of segment {said['number']} is {a}, not {b}")


def main():
    for line in sys.stdin:
        case = json.loads(line)
        try:
            seg = hd.seg.segread(case["file"])
            check_voxels(seg, case)
            check_descriptions(seg, case)
            error = None
        except Exception as failure:  # whatever highdicom raises is its verdict
            error = f"{type(failure).__name__}: {failure}"
        print(json.dumps({"error": error}), flush=True)


main()
