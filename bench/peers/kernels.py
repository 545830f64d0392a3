"""Times one function of a peer on a case: kernels.py CALL JSON RUNS, one JSON line on standard output.

JSON is {mask, prediction, dims, spacing}: files of bytes 0 and 1, x fastest. Each call runs in a process of its own.
Seconds and processor seconds are the median of at most RUNS runs. peak_mb is what the process held at most beyond
what it held with the libraries and inputs loaded. The figures are held against ours.

Peers get boolean arrays in C order: with the axes (z, y, x) as stored where the order of the axes plays no part,
because that is the fastest for them, and (x, y, z) where it does (Lee's thinning depends on it).
"""

import json
import resource
import statistics
import sys
import time

import numpy as np


class Case:
    """A mask and its twin on one grid."""

    def __init__(self, mask, prediction, dims, spacing):
        self.files = {"mask": mask, "prediction": prediction}
        self.shape = tuple(dims[::-1])
        self.spacing = tuple(spacing)

    def zyx(self, which="mask"):
        return np.fromfile(self.files[which], np.uint8).reshape(self.shape) > 0

    def xyz(self, which="mask"):
        return np.ascontiguousarray(self.zyx(which).T)


def places(skeleton_xyz):
    """Voxels and the sum of their linear indices, x fastest."""
    found = np.flatnonzero(skeleton_xyz.T)
    return [len(found), int(found.sum())]


def statistics_of(distances):
    """Number, sum and greatest of the distances that are not 0."""
    return [int(np.count_nonzero(distances)), float(distances.sum()), float(distances.max())]


def lee(case):
    from skimage.morphology import skeletonize

    mask = case.xyz()
    return lambda: skeletonize(mask, method="lee"), places


def zhang_suen(case):
    from skimage.morphology import skeletonize

    mask = case.zyx()[0]  # its rows are our y
    return lambda: skeletonize(mask, method="zhang"), lambda thin: places(thin.T)


def itk_thinning(case):
    import itk

    image = itk.image_from_array(case.zyx().astype(np.uint8))
    thinning = itk.BinaryThinningImageFilter3D.New(image)

    def thin():
        thinning.Modified()
        thinning.Update()
        return thinning.GetOutput()

    return thin, lambda image: places(itk.array_view_from_image(image).T)


def label(case):
    from scipy import ndimage

    mask, cube = case.zyx(), np.ones((3, 3, 3))
    return (
        lambda: ndimage.label(mask, cube),
        lambda found: [found[1], int(np.bincount(found[0].ravel())[1:].max(initial=0))],
    )


def cc3d(case):
    import cc3d

    mask = case.zyx()
    return (
        lambda: cc3d.connected_components(mask, connectivity=26),
        lambda labels: [int(labels.max()), int(np.bincount(labels.ravel())[1:].max(initial=0))],
    )


def betti_numbers(mask):
    from scipy import ndimage
    from skimage.measure import euler_number

    _, b0 = ndimage.label(mask, np.ones((3, 3, 3)))
    _, outside = ndimage.label(~np.pad(mask, 1))
    b2 = outside - 1
    return [b0, b0 + b2 - int(euler_number(mask, 3)), b2]


def betti(case):
    mask = case.zyx()
    betti_numbers(mask[:4, :4, :4])  # its imports
    return lambda: betti_numbers(mask), list


def gudhi(case):
    from gudhi import CubicalComplex

    cells = (~case.zyx()).astype(float)

    def numbers():
        cubes = CubicalComplex(top_dimensional_cells=cells)
        cubes.compute_persistence()
        return cubes.persistent_betti_numbers(0, 0)

    return numbers, lambda found: (list(found) + [0, 0, 0])[:3]


def euler(case):
    from skimage.measure import euler_number

    mask = case.zyx()
    return lambda: euler_number(mask, 3), lambda number: [int(number)]


def edt_scipy(case):
    from scipy import ndimage

    mask = case.zyx()

    def figures(distances):
        from skimage.morphology import skeletonize

        skeleton = skeletonize(case.xyz(), method="lee").T
        return {"result": statistics_of(distances), "radii": statistics_of(distances[skeleton])}

    return lambda: ndimage.distance_transform_edt(mask, case.spacing[::-1]), figures


def edt(case):
    import edt

    mask = case.zyx()
    return lambda: edt.edt(mask, anisotropy=case.spacing[::-1], parallel=1), statistics_of


def tubed(case):
    from scipy import ndimage
    from skimage.morphology import skeletonize

    mask, cross = case.xyz(), ndimage.generate_binary_structure(3, 1)
    return (
        lambda: ndimage.binary_dilation(skeletonize(mask, method="lee"), cross, 2) & mask,
        places,
    )


def pair(case):
    """clDice with scikit-image's skeletons, the errors of all Betti numbers, and Dice."""
    from skimage.morphology import skeletonize

    reference, prediction = case.xyz(), case.xyz("prediction")
    betti_numbers(reference[:4, :4, :4])  # its imports

    def compare():
        skeletons = [skeletonize(mask, method="lee") for mask in (prediction, reference)]
        precision = np.count_nonzero(skeletons[0] & reference) / np.count_nonzero(skeletons[0])
        recall = np.count_nonzero(skeletons[1] & prediction) / np.count_nonzero(skeletons[1])
        numbers = [betti_numbers(mask) for mask in (prediction, reference)]
        both = np.count_nonzero(reference & prediction)
        return [
            2 * precision * recall / (precision + recall),
            *(abs(p - r) for p, r in zip(*numbers)),
            2 * both / (np.count_nonzero(reference) + np.count_nonzero(prediction)),
        ]

    return compare, list


def surfaces_scipy(case):
    """Greatest, 95th percentile, mean distance and normalised surface Dice at 1 mm between two surfaces."""
    from scipy import ndimage

    masks, spacing, cube = (case.zyx(), case.zyx("prediction")), case.spacing[::-1], np.ones((3, 3, 3))

    def compare():
        surfaces = [mask & ~ndimage.binary_erosion(mask, cube) for mask in masks]
        distances = [
            ndimage.distance_transform_edt(~there, spacing)[here]
            for here, there in (surfaces, surfaces[::-1])
        ]
        both = np.concatenate(distances)
        percentile = max(np.percentile(d, 95) for d in distances)
        return [both.max(), percentile, both.mean(), np.mean(both <= 1)]

    return compare, lambda found: [float(number) for number in found]


def surfaces_deepmind(case):
    import surface_distance

    masks, spacing = (case.zyx(), case.zyx("prediction")), case.spacing[::-1]

    def compare():
        distances = surface_distance.compute_surface_distances(*masks, spacing)
        return [
            surface_distance.compute_robust_hausdorff(distances, 100),
            surface_distance.compute_robust_hausdorff(distances, 95),
            *surface_distance.compute_average_surface_distance(distances),
            surface_distance.compute_surface_dice_at_tolerance(distances, 1),
        ]

    return compare, lambda found: [float(number) for number in found]


CALLS = {
    f.__name__: f
    for f in (
        lee,
        zhang_suen,
        itk_thinning,
        label,
        cc3d,
        betti,
        gudhi,
        euler,
        edt_scipy,
        edt,
        tubed,
        pair,
        surfaces_scipy,
        surfaces_deepmind,
    )
}
ENOUGH = 10  # seconds; no further run begins after that


def megabytes(key):
    """A line of the process's status in MB: VmRSS, what is resident, or VmHWM, its peak since the last reset."""
    try:
        with open("/proc/self/status") as status:
            line = next(line for line in status if line.startswith(key))
        return int(line.split()[1]) / 1024
    except OSError:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak / (2**20 if sys.platform == "darwin" else 1024)


def reset_peak():
    try:
        with open("/proc/self/clear_refs", "w") as refs:
            refs.write("5")
    except OSError:
        pass  # no Linux: the peak counts from the start of the process


def main():
    call, about, runs = sys.argv[1], json.loads(sys.argv[2]), int(sys.argv[3])
    work, figures_of = CALLS[call](Case(**about))
    before = megabytes("VmRSS")
    reset_peak()
    wall, cpu, result = [], [], None
    while len(wall) < runs and sum(wall) < ENOUGH:
        result = None  # or two results would be held at once
        started, process = time.perf_counter(), time.process_time()
        result = work()
        wall.append(time.perf_counter() - started)
        cpu.append(time.process_time() - process)
        if len(wall) == 1:
            peak = megabytes("VmHWM") - before
    figures = figures_of(result)
    print(
        json.dumps(
            {
                "seconds": statistics.median(wall),
                "cpu": statistics.median(cpu),
                "peakMb": peak,
                "figures": figures if isinstance(figures, dict) else {"result": figures},
            }
        )
    )


main()
