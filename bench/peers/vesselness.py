"""The strongest classical vessel filters, as baselines of the nets.

    vesselness.py IMAGE.f32 NX NY NZ OUT_FOLDER

IMAGE holds float32, x fastest. Writes frangi.f32 and sato.f32: bright ridges of 1, 2 and 4 voxels.
"""

import sys
from pathlib import Path

import numpy as np
from skimage.filters import frangi, sato

SIGMAS = (1, 2, 4)


def main():
    source, nx, ny, nz, out = sys.argv[1:]
    image = np.fromfile(source, np.float32).reshape(int(nz), int(ny), int(nx))
    # Hessian filters answer to the brightest thing: the tails are no vessel's.
    image = np.clip(image, *np.percentile(image, (0.1, 99.9)))
    for filter_ in (frangi, sato):
        response = filter_(image, sigmas=SIGMAS, black_ridges=False)
        response.astype(np.float32).tofile(Path(out) / f"{filter_.__name__}.f32")


main()
