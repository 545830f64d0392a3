"""The nets of the proof: each is another way in which nnU-Net prepares images and answers."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Case:
    name: str
    #: Simulator of generate.py.
    modality: str
    #: nnU-Net chooses the normalisation by the channel's name.
    channel: str
    labels: dict
    #: Voxel sizes of the training images, mm [z, y, x]; their median is the spacing of the net.
    spacing: tuple
    #: Of the image that is predicted, so that it has to be resampled.
    test_spacing: tuple
    patch: tuple
    strides: tuple
    kernels: tuple
    #: Share of the image that is a zeroed margin; a wide one makes nnU-Net normalise inside it alone.
    margin: float = 0.0
    regions: list = field(default_factory=list)
    transpose: tuple = (0, 1, 2)
    #: Of the training; more than it takes to find something makes some of the nets find nothing for a while.
    steps: int = 100
    #: Channels of the first stage.
    features: int = 8
    #: Part of the drawn image that is kept, [z, y, x].
    part: tuple = (slice(None),) * 3
    #: Whether the net is told to mirror its tiles, on our side as on nnU-Net's.
    mirror: bool = False


CUBE, FLAT = (3, 3, 3), (1, 3, 3)

CASES = (
    # Two labels, z-score, a spacing of its own, mirroring; what an MR angiography gets by default.
    Case(
        "mra",
        "mra",
        "TOF",
        {"background": 0, "vessel": 1},
        spacing=(0.6, 0.5, 0.5),
        test_spacing=(0.7, 0.45, 0.45),
        patch=(32, 32, 32),
        strides=((1, 1, 1), (2, 2, 2), (2, 2, 2)),
        kernels=(CUBE, CUBE, CUBE),
        mirror=True,
    ),
    # Regions (sigmoid), clipped CT numbers, the image's own spacing.
    Case(
        "cta-regions",
        "cta",
        "CT",
        {"background": 0, "whole tree": [1, 2], "trunk": [2]},
        spacing=(0.5, 0.5, 0.5),
        test_spacing=(0.5, 0.5, 0.5),
        patch=(32, 40, 32),
        strides=((1, 1, 1), (2, 2, 2), (2, 2, 2)),
        kernels=(CUBE, CUBE, CUBE),
        regions=[1, 2],
        steps=30,
    ),
    # Three labels, thick slices (resampled one by one), anisotropic strides, z-score inside a mask, other axis order.
    Case(
        "thick-slices",
        "mra",
        "MR",
        {"background": 0, "thin vessel": 1, "thick vessel": 2},
        spacing=(2.0, 0.5, 0.5),
        test_spacing=(1.8, 0.45, 0.45),
        patch=(16, 32, 32),
        strides=((1, 1, 1), (1, 2, 2), (2, 2, 2)),
        kernels=(FLAT, CUBE, CUBE),
        margin=0.3,
        transpose=(0, 2, 1),
    ),
    # Small enough for the repository: what the tests without Python compare with (test/fixtures/nnunet).
    Case(
        "tiny",
        "mra",
        "MR",
        {"background": 0, "thin vessel": 1, "thick vessel": 2},
        spacing=(1.2, 0.5, 0.5),
        test_spacing=(1.0, 0.6, 0.6),
        patch=(12, 16, 16),
        strides=((1, 1, 1), (1, 2, 2), (2, 2, 2)),
        kernels=(FLAT, CUBE, CUBE),
        transpose=(0, 2, 1),
        features=4,
        steps=200,
        part=(slice(10, 34), slice(14, 40), slice(10, 32)),
    ),
)
