"""Elastic deformation. Run with: python3 -m unittest -v (in this folder)."""

import tempfile
import unittest
from pathlib import Path

import numpy as np

from anatomy import KINDS
from elastic import components, displacement, elastic, warp
from fields import FieldBank
from generate import COUNTS, VESSEL, draw, target_of
from train import Pool

SHAPE = (32, 40, 36)


class Field(unittest.TestCase):
    def setUp(self):
        self.field = displacement(np.random.default_rng(0), SHAPE, 4.0)

    def test_it_moves_inside_and_not_on_the_faces(self):
        self.assertEqual(self.field.shape, (3,) + SHAPE)
        self.assertGreater(np.abs(self.field).max(), 1)
        self.assertLess(np.abs(self.field).max(), 4)
        for axis in (1, 2, 3):
            for face in (0, -1):
                self.assertEqual(np.abs(self.field.take(face, axis)).max(), 0)

    def test_it_does_not_fold(self):
        for seed in range(5):
            field = displacement(np.random.default_rng(seed), (48, 48, 48), 4.0)
            stretch = np.stack([np.stack(np.gradient(part)) for part in field]) + np.eye(3).reshape(3, 3, 1, 1, 1)
            self.assertGreater(np.linalg.det(np.moveaxis(stretch, (0, 1), (-2, -1))).min(), 0)

    def test_image_and_label_move_alike(self):
        # The image holds each voxel's z: where the warped label says z = 9, the warped image says about 9 too.
        z = np.broadcast_to(np.arange(SHAPE[0])[:, None, None], SHAPE)
        image, label = warp(z.astype(np.float32), self.field, 1), warp(z.astype(np.uint8), self.field, 0)
        self.assertLessEqual(np.abs(image - label).max(), 0.5 + 1e-5)
        self.assertGreater(np.abs(image - z).max(), 1)


class Deformed(unittest.TestCase):
    def test_a_thin_line_stays_one_component(self):
        for seed in range(20):
            rng = np.random.default_rng(seed)
            target = np.full(SHAPE, COUNTS, np.uint8)
            target[2:30, 20, 18] |= VESSEL
            image, deformed = elastic(rng, target.astype(np.float32), target, VESSEL)
            self.assertEqual(components(deformed & VESSEL), 1)
            self.assertTrue((deformed & COUNTS).all())
            self.assertEqual(image.shape, SHAPE)

    def test_vessels_of_the_generator_keep_their_components_and_most_are_moved(self):
        rng = np.random.default_rng(1)
        bank, moved = FieldBank(rng, 48, 1), 0
        for _ in range(6):
            _, _, image, label, counts = draw(rng, bank, "mra", (48, 48, 48), [1 / len(KINDS)] * len(KINDS))
            target = target_of(label, counts)
            warped, deformed = elastic(rng, image, target, VESSEL)
            self.assertEqual(components(deformed & VESSEL), components(target & VESSEL))
            moved += not np.array_equal(warped, image)
        self.assertGreaterEqual(moved, 3)


class Option(unittest.TestCase):
    def test_crops_are_deformed_as_often_as_asked(self):
        image, target = np.zeros((1, 48, 48, 48), np.float16), np.full((1, 48, 48, 48), COUNTS, np.uint8)
        bar = (0, slice(12, 36), slice(20, 23), slice(20, 23))
        image[bar], target[bar] = 1, VESSEL | COUNTS
        with tempfile.TemporaryDirectory() as folder:
            np.save(Path(folder) / "target-0001.npy", target)
            np.save(Path(folder) / "image-0001.npy", image)
            never, always = (Pool(folder, elastic_share=share) for share in (0.0, 1.0))
            sizes = lambda pool: {int((pool.crop(np.random.default_rng(s))[1] & VESSEL).sum()) for s in range(4)}
            self.assertEqual(sizes(never), {24 * 9})
            self.assertGreater(len(sizes(always)), 1)


if __name__ == "__main__":
    unittest.main()
