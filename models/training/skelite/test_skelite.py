"""The recurrent skeletonizer and its masks. Run with: python3 -m unittest -v (in the folder above)."""

import unittest

import numpy as np
import torch

from skelite.masks import example, roughen, signed_distance, skeleton_of
from skelite.net import Skeletonizer
from skelite.train import loss_of


class Masks(unittest.TestCase):
    bar = np.zeros((24, 24, 24), bool)
    bar[2:22, 9:15, 9:15] = True

    def test_signed_distance_is_zero_half_way_between_inside_and_outside(self):
        along = signed_distance(self.bar)[12, 12]
        np.testing.assert_allclose(along[7:12], [-1.5, -0.5, 0.5, 1.5, 2.5])

    def test_a_rough_mask_differs_at_its_surface_alone_and_holds_the_skeleton(self):
        skeleton = skeleton_of(self.bar)
        rough = roughen(np.random.default_rng(0), self.bar, skeleton)
        self.assertTrue((rough != self.bar).any())
        self.assertTrue(rough[skeleton].all())
        self.assertLess(np.abs(signed_distance(self.bar))[rough != self.bar].max(), 5)

    def test_examples_of_images_and_volumes(self):
        labels = self.bar.astype(np.uint8)
        for dimensions in (2, 3):
            mask, skeleton = example(np.random.default_rng(1), labels, 16, dimensions)
            self.assertEqual(mask.shape, (16,) * dimensions)
            self.assertTrue(mask[skeleton].all())


class Net(unittest.TestCase):
    def test_compact_and_inside_the_mask(self):
        for dimensions in (2, 3):
            net = Skeletonizer(dimensions)
            self.assertLess(sum(p.numel() for p in net.parameters()), 10_000)
            mask = (torch.rand((1, 1) + (16,) * dimensions) > 0.5).float()
            steps = net.steps(mask)
            for before, after in zip([mask, *steps], steps):
                self.assertTrue((after <= before).all())

    def test_depth_is_greatest_on_the_axis(self):
        mask = torch.zeros(1, 1, 9, 9, 9)
        mask[..., 2:7, 2:7] = 1
        depth = Skeletonizer(3).depth(mask)[0, 0, 4]
        self.assertEqual(depth.argmax().item(), 4 * 9 + 4)
        self.assertEqual(depth[0, 0].item(), 0)

    def test_the_true_skeleton_costs_less_than_the_mask_or_nothing(self):
        mask = torch.zeros(1, 1, 16, 16, 16)
        mask[..., 5:12, 5:12] = 1
        truth = torch.zeros_like(mask)
        truth[..., 8, 8] = 1
        pool = torch.nn.functional.max_pool3d
        cost = lambda answer: float(loss_of([answer, answer], truth, mask, pool))
        self.assertLess(cost(truth), 0.1 * cost(mask))
        self.assertLess(cost(truth), 0.1 * cost(torch.zeros_like(mask)))


if __name__ == "__main__":
    unittest.main()
