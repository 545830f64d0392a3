"""Read a NIfTI labelmap with nibabel and compare it with what was written.

Usage: check_nifti.py FILE MASK GRID: MASK is a raw file of uint8, x fastest; GRID a JSON object with dims, origin, spacing and direction (LPS).
"""

import json
import sys

import nibabel as nib
import numpy as np

image = nib.load(sys.argv[1])
expected = np.fromfile(sys.argv[2], np.uint8)
with open(sys.argv[3]) as file:
    grid = json.load(file)

found = np.asarray(image.dataobj)
if found.dtype != np.uint8 or list(found.shape) != grid["dims"]:
    sys.exit(f"{found.dtype} voxels of shape {found.shape}")
different = int((found.reshape(-1, order="F") != expected).sum())
if different:
    sys.exit(f"{different} voxels differ")

affine = np.eye(4)
affine[:3, :3] = np.array(grid["direction"]).reshape(3, 3).T * np.array(grid["spacing"])
affine[:3, 3] = grid["origin"]
affine = np.diag([-1, -1, 1, 1]) @ affine
corner = np.array([*(n - 1 for n in grid["dims"]), 1])
for name, (matrix, code) in {
    "sform": image.get_sform(coded=True),
    "qform": image.get_qform(coded=True),
}.items():
    if code != 1:
        sys.exit(f"{name} has code {code}")
    for point in ([0, 0, 0, 1], corner):
        error = np.abs((matrix - affine) @ point).max()
        if error > 0.01:
            sys.exit(f"{name} is {error:.3f} mm off")
if image.header.get_xyzt_units()[0] != "mm":
    sys.exit(f"unit is {image.header.get_xyzt_units()[0]}")
print(f"{int((expected > 0).sum())} voxels equal")
