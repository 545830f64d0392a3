"""The recurrent skeletonizer and its masks. Run with: python3 -m unittest -v (in the folder above)."""

import tempfile
import unittest
from pathlib import Path

import numpy as np
import onnx
import torch

from skelite.export import Unrolled, to_onnx
from skelite.masks import example, likeness_of, roughen, signed_distance, skeleton_of, stamp
from skelite.net import Skeletonizer, features_of
from skelite.rows import Gather, joined, neighbours, offsets, opposites, symmetry
from skelite.train import loss_of

# What runs on WebGPU without a part on the processor.
ALLOWED = {"Identity", "Constant", "Reshape", "Concat", "Gather", "Gemm", "MatMul", "Add", "LeakyRelu", "Tanh", "Slice", "Sigmoid"}


def some_mask(dimensions, seed=0):
    return np.random.default_rng(seed).random((7, 6, 5)[:dimensions]) > 0.4


class Masks(unittest.TestCase):
    bar = np.zeros((24, 24, 24), bool)
    bar[2:22, 9:15, 9:15] = True

    def test_signed_distance_is_zero_half_way_between_inside_and_outside(self):
        along = signed_distance(self.bar)[12, 12]
        np.testing.assert_allclose(along[7:12], [-1.5, -0.5, 0.5, 1.5, 2.5])

    def test_a_stamp_is_a_ball_even_where_it_leaves_the_volume(self):
        image = np.zeros((5, 5), bool)
        stamp(image, (0.0, 2.0), 1.5, True)
        np.testing.assert_array_equal(image[:3].astype(int), [[0, 1, 1, 1, 0], [0, 1, 1, 1, 0], [0, 0, 0, 0, 0]])
        stamp(image, (-9.0, 2.0), 1.5, True)
        self.assertEqual(image.sum(), 6)

    def test_a_rough_mask_is_another_one_and_keeps_most_of_the_clean_one(self):
        rough = roughen(np.random.default_rng(0), self.bar, skeleton_of(self.bar))
        self.assertTrue((rough != self.bar).any())
        self.assertGreater((rough & self.bar).sum(), 0.6 * self.bar.sum())

    def test_examples_of_images_and_volumes(self):
        for dimensions in (2, 3):
            mask, skeleton = example(np.random.default_rng(1), self.bar.astype(np.uint8), dimensions)
            self.assertEqual(mask.shape, (24,) * dimensions)
            self.assertTrue(mask[skeleton].all())

    def test_likeness_is_a_bell_that_widens_with_the_vessel(self):
        wide = np.ones((3, 11), bool)
        wide[:, [0, -1]] = False
        narrow = np.zeros_like(wide)
        narrow[:, 4:7] = True
        line = np.zeros_like(wide)
        line[:, 5] = True
        answers = [likeness_of(mask, line).reshape(3, -1)[1] for mask in (wide, narrow)]
        self.assertEqual(answers[0][4], 1)
        self.assertAlmostEqual(answers[0][3], np.exp(-1 / (2 * 1.85**2)), 6)
        self.assertAlmostEqual(answers[1][0], np.exp(-1 / (2 * 1.1**2)), 6)


class Rows(unittest.TestCase):
    def test_neighbours_are_those_of_the_grid(self):
        for dimensions in (2, 3):
            mask = some_mask(dimensions)
            voxels = [tuple(v) for v in np.argwhere(mask)]
            for voxel, found in zip(voxels, neighbours(mask)):
                for step, row in zip(offsets(dimensions), found):
                    there = tuple(voxel + step)
                    self.assertEqual(row, voxels.index(there) if there in voxels else len(voxels))

    def test_a_symmetry_is_that_of_the_mask(self):
        for seed in range(5):
            order = symmetry(np.random.default_rng(seed), 3)
            steps = offsets(3)[order]
            np.testing.assert_array_equal(steps + steps[::-1], 0)
            np.testing.assert_array_equal(np.abs(steps).sum(1), np.abs(offsets(3)).sum(1))
            self.assertEqual(sorted(order), list(range(27)))

    def test_joined_tables_do_not_touch(self):
        tables = [np.array([[1, 2], [0, 2]]), np.array([[0, 1]])]
        np.testing.assert_array_equal(joined(tables), [[1, 3], [0, 3], [2, 3]])

    def test_the_way_back_of_a_gather_is_its_derivative(self):
        table = torch.from_numpy(neighbours(some_mask(2)))
        values = torch.rand(len(table), 3, dtype=torch.float64, requires_grad=True)
        gather = lambda v: Gather.apply(v, table, opposites(table))
        self.assertTrue(torch.autograd.gradcheck(gather, values))


class Net(unittest.TestCase):
    def test_compact(self):
        for dimensions in (2, 3):
            self.assertLess(sum(p.numel() for p in Skeletonizer(dimensions).parameters()), 10_000)

    def test_features_are_one_and_the_depth(self):
        mask = np.zeros((5, 5), bool)
        mask[1:4, 1:4] = True
        np.testing.assert_allclose(features_of(mask)[[0, 4]], [[1, 0.25], [1, np.log2(3) / 4]])

    def test_the_unrolled_net_is_the_net(self):
        for dimensions in (2, 3):
            net, mask = Skeletonizer(dimensions), some_mask(dimensions)
            torch.nn.init.normal_(net.decide.weight)
            features, table = torch.from_numpy(features_of(mask)), torch.from_numpy(neighbours(mask))
            with torch.no_grad():
                likeness = Unrolled(net)(features, table.int())
                torch.testing.assert_close(likeness[:, 0], torch.sigmoid(net(features, table)[-1]))
                with tempfile.TemporaryDirectory() as folder:
                    path = Path(folder) / "net.onnx"
                    to_onnx(net, path)
                    operations = {node.op_type for node in onnx.load(str(path)).graph.node}
                    self.assertEqual(operations - ALLOWED, set())

    def test_the_truth_costs_nothing_and_all_else_something(self):
        truth, counts = torch.tensor([0.0, 0.3, 1.0]), torch.ones(3)
        cost = lambda answer: loss_of([torch.logit(torch.tensor(answer), 1e-6)] * 2, truth, counts)[0].item()
        self.assertAlmostEqual(cost([0.0, 0.3, 1.0]), 0, 4)
        for wrong in ([1.0, 0.3, 1.0], [0.0, 0.3, 0.0], [0.0, 0.9, 1.0]):
            self.assertGreater(cost(wrong), 0.1)


if __name__ == "__main__":
    unittest.main()
