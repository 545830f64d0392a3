"""Times scikit-image and scipy on a mask: stations.py MASK nx ny nz dx dy dz, one JSON line on standard output.

MASK holds bytes, x fastest. Each figure is the median of three runs, in seconds.
"""

import json
import resource
import statistics
import sys
import time

import numpy as np
import scipy.ndimage
from skimage.measure import euler_number
from skimage.morphology import skeletonize

try:  # until 0.23 the 3-D thinning had a name of its own
    from skimage.morphology import skeletonize_3d as thin
except ImportError:
    thin = skeletonize


def timed(work):
    seconds = []
    for _ in range(3):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def betti(mask):
    _, b0 = scipy.ndimage.label(mask, np.ones((3, 3, 3)))
    _, outside = scipy.ndimage.label(~np.pad(mask, 1))
    return b0, b0 + outside - 1 - euler_number(mask, 3), outside - 1


nx, ny, nz = map(int, sys.argv[2:5])
spacing = [float(s) for s in sys.argv[5:8]]
mask = np.fromfile(sys.argv[1], np.uint8).reshape(nz, ny, nx).transpose(2, 1, 0) > 0
times = {
    "skeleton": timed(lambda: thin(mask)),
    "distance": timed(lambda: scipy.ndimage.distance_transform_edt(mask, spacing)),
    "betti": timed(lambda: betti(mask)),
}
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"seconds": times, "peak_mb": peak}))
