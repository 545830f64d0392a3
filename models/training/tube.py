"""The target of Skeleton Recall Loss (Kirchhoff et al., ECCV 2024)."""

from scipy import ndimage
from skimage.morphology import skeletonize

CROSS = ndimage.generate_binary_structure(3, 1)


def tubed_skeleton(mask):
    """Lee skeleton of the mask, dilated twice by the 6-neighbour cross, cut to the mask. bool [z, y, x]."""
    skeleton = skeletonize(mask, method="lee") > 0
    return ndimage.binary_dilation(skeleton, CROSS, iterations=2) & mask
