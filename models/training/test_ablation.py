"""Classes by calibre, their tubes, scores. Run with: python3 -m unittest -v (in this folder)."""

import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch

from ablation import CLASS_SHIFT, batch, peak_of, truth_of, write_shard
from calibre import calibre_labels
from generate import TUBE, VESSEL
from scores import agreement, betti, cl_dice, dice
from train import Pool

ISOTROPIC = (1, 1, 1)


def straight(radius, y):
    """A vessel along z in a box of 32 voxels."""
    z = np.linspace(-2, 34, 150)
    return np.stack([z, np.full(150, y), np.full(150, 16.2)], 1), np.full(150, radius)


class Calibre(unittest.TestCase):
    def test_each_vessel_has_one_class_and_every_label_voxel_one(self):
        radii = (0.9, 1.6, 2.5, 3.5)
        vessels = [straight(radius, 4.2 + 8 * i) for i, radius in enumerate(radii)]
        label = np.zeros((32, 32, 32), bool)
        for i, radius in enumerate(radii):
            label[:, 4 + 8 * i - int(radius) : 5 + 8 * i + int(radius), 16] = True
        classes = calibre_labels(vessels, label.shape, ISOTROPIC, label)
        np.testing.assert_array_equal(classes > 0, label)
        self.assertEqual([int(classes[16, 4 + 8 * i, 16]) for i in range(4)], [1, 2, 3, 4])

    def test_where_vessels_meet_the_deeper_one_wins(self):
        thick, thin = straight(3.5, 16.2), straight(0.9, 16.2)
        label = np.zeros((32, 32, 32), bool)
        label[:, 16, 16] = True
        classes = calibre_labels([thin, thick], label.shape, ISOTROPIC, label)
        self.assertEqual(set(np.unique(classes[label])), {4})


class Classes(unittest.TestCase):
    def test_tubes_of_the_classes_part_the_tube(self):
        with tempfile.TemporaryDirectory() as folder:
            write_shard(Path(folder), seed=7, patches=3, size=64)
            targets = np.load(Path(folder) / "target-0007.npy")
            one = batch(np.random.default_rng(0), Pool(folder), 1)
            four = batch(np.random.default_rng(0), Pool(folder), 4)
        np.testing.assert_array_equal((targets >> CLASS_SHIFT) > 0, targets & VESSEL > 0)
        self.assertTrue(((targets & TUBE > 0) <= (targets & VESSEL > 0)).all())
        for single, several in list(zip(one, four))[1:3]:  # truth, tube
            self.assertEqual(several.shape[1], 4)
            np.testing.assert_array_equal(several.sum(1, keepdim=True), single)
        np.testing.assert_array_equal(one[0], four[0])  # the same crops in the same order

    def test_truth_by_class(self):
        target = (np.array([[0, 1, 4]], np.uint8) << CLASS_SHIFT)[None]
        self.assertEqual(truth_of(target, 4).nonzero().tolist(), [[0, 0, 0, 1], [0, 3, 0, 2]])
        self.assertEqual(truth_of(target, 1)[0, 0, 0].tolist(), [0, 1, 1])


class Memory(unittest.TestCase):
    def test_peak_counts_what_lives_at_the_same_time(self):
        ones = lambda: torch.ones(1024, 256)  # 1 MB
        self.assertEqual(peak_of(lambda: ones() + ones()), 3 * 2**20)

        def one_after_the_other():
            ones()
            ones()

        self.assertEqual(peak_of(one_after_the_other), 2**20)


class Scores(unittest.TestCase):
    def setUp(self):
        self.ring = np.zeros((9, 9, 9), bool)
        self.ring[4, 2:7, 2:7] = True
        self.ring[4, 3:6, 3:6] = False

    def test_betti_numbers_of_a_ring_a_shell_and_two_points(self):
        self.assertEqual(betti(self.ring), (1, 1, 0))
        shell = np.ones((3, 3, 3), bool)
        shell[1, 1, 1] = False
        self.assertEqual(betti(shell), (1, 0, 1))
        points = np.zeros((5, 1, 1), bool)
        points[[0, 4]] = True
        self.assertEqual(betti(points), (2, 0, 0))

    def test_a_cut_ring(self):
        cut = self.ring.copy()
        cut[4, 2, 4] = cut[4, 6, 4] = False
        row = agreement(cut, self.ring)
        self.assertEqual((row["b0"], row["b1"]), (1, 1))
        self.assertAlmostEqual(row["dice"], 2 * 14 / (14 + 16))

    def test_dice_and_cl_dice_of_half_a_line(self):
        line = np.zeros((3, 3, 12), bool)
        line[1, 1, 1:11] = True
        half = line.copy()
        half[..., 6:] = False
        self.assertAlmostEqual(dice(half, line), 10 / 15)
        self.assertAlmostEqual(cl_dice(half, line), 2 * 0.5 / 1.5)

    def test_nothing_to_find_and_nothing_found(self):
        self.assertIsNone(agreement(np.zeros((3, 3, 3), bool), np.zeros((3, 3, 3), bool)))


if __name__ == "__main__":
    unittest.main()
