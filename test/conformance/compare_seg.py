"""Compare the voxels of a SEG, as highdicom reads and places them, with a mask on a grid.

Usage: compare_seg.py SEG MASK GRID: MASK is the raw labelmap (uint8, x fastest), GRID a JSON with dims, origin,
spacing and direction (LPS). Prints how many voxels highdicom holds, and exits with 1 where it disagrees.
"""

import json
import sys

import highdicom as hd
import numpy as np

seg_file, mask_file, grid_file = sys.argv[1:]
with open(grid_file) as file:
    grid = json.load(file)
nx, ny, nz = grid["dims"]
expected = np.fromfile(mask_file, np.uint8).reshape(nz, ny, nx).transpose(2, 1, 0)
to_world = np.eye(4)
to_world[:3, :3] = np.array(grid["direction"]).reshape(3, 3).T * np.array(grid["spacing"])
to_world[:3, 3] = grid["origin"]

seg = hd.seg.segread(seg_file)
volume = seg.get_volume(combine_segments=True, allow_missing_positions=True)
indices = np.indices(volume.spatial_shape).reshape(3, -1)
homogeneous = np.vstack([indices, np.ones(indices.shape[1])])
places = (np.linalg.inv(to_world) @ volume.affine @ homogeneous)[:3]
rounded = np.rint(places).astype(int)
if np.abs(places - rounded).max() > 0.05:
    sys.exit("highdicom places the frames between the voxels of the series")

placed = np.zeros_like(expected)
placed[tuple(rounded)] = volume.array.reshape(-1)
different = int((placed != expected).sum())
print(f"{int((placed > 0).sum())} voxels, {len(seg.segment_numbers)} segments")
if different:
    sys.exit(f"{different} voxels differ")
