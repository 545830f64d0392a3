"""Losses against values worked out by hand. Run with: python3 -m unittest -v (in this folder)."""

import json
import sys
import unittest
import zlib
from pathlib import Path

import numpy as np
import torch

from losses import CONNECTIVITY, cl_dice_loss, dice_loss, mip_loss, skeleton_recall_loss, soft_skeleton, vessel_loss
from tube import tubed_skeleton

FIXTURES = Path(__file__).resolve().parents[2] / "test/fixtures/skeletons"
sys.path.insert(0, str(FIXTURES))
from strokes import strokes, volume_case  # noqa: E402


def volume(shape, *boxes):
    """A [1, 1, z, y, x] tensor that is 1 inside the boxes."""
    values = torch.zeros(shape)
    for box in boxes:
        values[box] = 1
    return values[None, None]


class Tube(unittest.TestCase):
    def test_it_is_the_one_of_the_product(self):
        # test/skeleton/tubed.test.ts holds the same numbers for src/skeleton/tubed.ts.
        expected = json.loads((FIXTURES / "expected.json").read_text())["volumes"]
        for i, (count, checksum, *_) in enumerate(expected):
            labels = strokes(**volume_case(i))
            tube = labels * tubed_skeleton(labels > 0) if labels.any() else labels
            with self.subTest(i):
                self.assertEqual([(tube != 0).sum(), zlib.crc32(tube.tobytes(order="F"))], [count, checksum])

    def test_it_lies_in_the_mask_around_its_axis(self):
        mask = np.zeros((16, 16, 16), bool)
        mask[:, 5:12, 5:12] = True
        tube = tubed_skeleton(mask)
        self.assertFalse((tube & ~mask).any())
        self.assertTrue(tube[8, 8, 8])
        self.assertFalse(tube[8, 5, 5])


class Terms(unittest.TestCase):
    """Every loss adds 1 to both sides of its fraction."""

    line = volume((3, 3, 12), (1, 1, slice(1, 11)))  # ten voxels
    half = volume((3, 3, 12), (1, 1, slice(1, 6)))  # its first five

    def test_dice_of_half_a_line(self):
        self.assertAlmostEqual(dice_loss(self.half, self.line).item(), 1 - (2 * 5 + 1) / (5 + 10 + 1), 6)

    def test_dice_is_the_mean_of_the_classes(self):
        truth = torch.cat([self.line, self.half], 1)
        found = torch.cat([self.line, torch.zeros_like(self.half)], 1)
        self.assertAlmostEqual(dice_loss(found, truth).item(), (0 + 1 - 1 / 6) / 2, 6)

    def test_recall_counts_the_tube_alone(self):
        everything = torch.ones_like(self.line)
        self.assertAlmostEqual(skeleton_recall_loss(everything, self.line).item(), 0, 6)
        self.assertAlmostEqual(skeleton_recall_loss(0.5 * everything, self.line).item(), 1 - 6 / 11, 6)

    def test_soft_skeleton_of_a_line_is_the_line(self):
        torch.testing.assert_close(soft_skeleton(self.line), self.line)

    def test_soft_skeleton_of_a_bar_is_its_axis(self):
        bar = volume((7, 7, 15), (slice(2, 5), slice(2, 5), slice(2, 13)))
        axis = volume((7, 7, 15), (3, 3, slice(3, 12)))
        torch.testing.assert_close(soft_skeleton(bar)[..., 3, 3, 3:12], axis[..., 3, 3, 3:12])
        self.assertEqual(soft_skeleton(bar)[..., 2, 2, 7].item(), 0)

    def test_soft_skeleton_is_the_same_with_and_without_a_gradient(self):
        image = torch.rand(2, 2, 9, 8, 7, generator=torch.Generator().manual_seed(0))
        torch.testing.assert_close(soft_skeleton(image), soft_skeleton(image.clone().requires_grad_()), rtol=0, atol=0)

    def test_cl_dice_of_half_a_line(self):
        # Precision 6/6, sensitivity 6/11.
        self.assertAlmostEqual(cl_dice_loss(self.half, self.line).item(), 1 - 2 * (6 / 11) / (1 + 6 / 11), 6)

    def test_mip_sees_a_gap_that_hides_behind_nothing(self):
        # Seen along the line itself both are one pixel: no loss there; the other two views miss half.
        missed = 1 - (2 * 5 + 1) / (5 + 10 + 1)
        self.assertAlmostEqual(mip_loss(self.half, self.line).item(), 2 * missed / 3, 6)


class Sum(unittest.TestCase):
    def setUp(self):
        mask = np.zeros((16, 16, 16), bool)
        mask[:, 5:12, 5:12] = True
        self.truth = torch.from_numpy(mask[None, None]).float()
        self.tube = torch.from_numpy(tubed_skeleton(mask)[None, None]).float()
        self.counts = torch.ones_like(self.truth)

    def test_perfect_answer_costs_nothing_and_a_missed_vessel_much(self):
        missed = torch.full_like(self.truth, -20)
        for connectivity in CONNECTIVITY:
            with self.subTest(connectivity):
                loss = lambda logits: vessel_loss(logits, self.truth, self.tube, self.counts, connectivity)[0].item()
                # The soft skeleton of a wide bar is no thin line, but that of both sides is the same.
                self.assertLess(loss(40 * self.truth - 20), 1e-3)
                self.assertGreater(loss(missed), 1.9)

    def test_the_weight_scales_the_connectivity_alone(self):
        logits = torch.zeros_like(self.truth)
        total = lambda weight: vessel_loss(logits, self.truth, self.tube, self.counts, "recall", weight)
        sum_, (entropy, dice, recall) = total(0.1)
        self.assertAlmostEqual(sum_.item(), (entropy + dice + 0.1 * recall).item(), 5)

    def test_several_classes_with_the_background_first(self):
        half = torch.zeros_like(self.truth)
        half[..., :8] = 1
        truth = torch.cat([self.truth * half, self.truth * (1 - half)], 1)
        tube = truth * self.tube
        logits = 40 * torch.cat([1 - self.truth, truth], 1)
        self.assertLess(vessel_loss(logits, truth, tube, self.counts)[0].item(), 1e-3)
        swapped = logits[:, [0, 2, 1]]
        self.assertGreater(vessel_loss(swapped, truth, tube, self.counts)[0].item(), 2)

    def test_ignored_voxels_have_no_gradient(self):
        for connectivity in CONNECTIVITY:
            with self.subTest(connectivity):
                logits = torch.zeros(1, 1, 6, 6, 6, requires_grad=True)
                counts = torch.ones_like(logits)
                counts[..., 0] = 0
                ones = torch.ones_like(counts)
                vessel_loss(logits, ones, ones, counts, connectivity)[0].backward()
                self.assertEqual(logits.grad[..., 0].abs().max().item(), 0)
                self.assertGreater(logits.grad[..., 1].abs().min().item(), 0)


if __name__ == "__main__":
    unittest.main()
