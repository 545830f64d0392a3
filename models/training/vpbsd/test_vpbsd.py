"""Codebook, teacher, what is distilled. Run with: python3 -m unittest -v (in the folder above)."""

import tempfile
import unittest
from pathlib import Path

import nibabel
import numpy as np
import torch

from losses import vessel_loss
from net import LeanUNet
from train import CROP
from vpbsd.codebook import COMMITMENT, Codebook
from vpbsd.losses import distillation_loss, pseudo_labels, semi_loss
from vpbsd.score import load
from vpbsd.teacher import Teacher
from vpbsd.train import learn_codes, learn_from, learn_vessels
from vpbsd.unlabelled import Unlabelled
from vpbsd.widen import widen


def codebook_of(*codes, heads=1):
    book = Codebook(len(codes), len(codes[0]), heads)
    with torch.no_grad():
        book.codes.copy_(torch.tensor(codes))
    return book


def at_one_voxel(*values):
    return torch.tensor(values).view(1, -1, 1, 1, 1)


class Codes(unittest.TestCase):
    def test_the_nearest_code_is_taken(self):
        book = codebook_of([0.0, 0.0], [1.0, 0.0], [0.0, 3.0])
        self.assertEqual(book.nearest(torch.tensor([[0.9, 0.2], [0.4, 0.1], [0.0, 2.0]])).tolist(), [1, 0, 2])

    def test_each_head_takes_its_own(self):
        book = codebook_of([0.0, 0.0], [1.0, 1.0], heads=2)
        quantised, _, vectors = book(at_one_voxel(0.9, 1.0, 0.2, 0.1))
        self.assertEqual(quantised.flatten().tolist(), [1, 1, 0, 0])
        self.assertEqual(tuple(vectors.shape), (2, 2))

    def test_places_keep_their_order(self):
        book = codebook_of([0.0], [1.0])
        features = torch.rand(2, 1, 3, 4, 5)
        torch.testing.assert_close(book(features)[0], features.round())

    def test_loss_of_one_vector(self):
        # (1 - 0)² and (0.5 - 0)², their mean; the vector's side counts a quarter.
        loss = codebook_of([0.0, 0.0], [9.0, 9.0])(at_one_voxel(1.0, 0.5))[1]
        self.assertAlmostEqual(loss.item(), (1 + COMMITMENT) * 0.625, 6)

    def test_the_gradient_goes_straight_through(self):
        features = at_one_voxel(0.9, 0.2).requires_grad_()
        quantised = codebook_of([0.0, 0.0], [1.0, 0.0])(features)[0]
        (quantised * at_one_voxel(2.0, 5.0)).sum().backward()
        self.assertEqual(features.grad.flatten().tolist(), [2, 5])

    def test_the_loss_moves_codes_and_vectors_towards_each_other(self):
        book, features = codebook_of([0.0]), at_one_voxel(1.0).requires_grad_()
        book(features)[1].backward()
        self.assertAlmostEqual(book.codes.grad.item(), -2, 6)
        self.assertAlmostEqual(features.grad.item(), 2 * COMMITMENT, 6)

    def test_dead_codes_come_back_where_vectors_are(self):
        book = codebook_of([0.0], [50.0])
        for _ in range(400):
            book(at_one_voxel(0.1))
        self.assertAlmostEqual(book.perplexity(), 1, 1)
        self.assertEqual(book.revive(torch.tensor([[0.3]])), 1)
        torch.testing.assert_close(book.codes.detach(), torch.tensor([[0.0], [0.3]]))


class Wide(unittest.TestCase):
    def test_it_answers_as_the_narrow_one(self):
        torch.manual_seed(0)
        net, image = LeanUNet((2, 4, 6)), torch.randn(2, 1, 16, 16, 16)
        net(image)  # gives the norms statistics
        wide = widen(net, noise=0)
        torch.testing.assert_close(wide(image), net(image), rtol=1e-3, atol=1e-4)
        torch.testing.assert_close(wide.eval()(image), net.eval()(image), rtol=1e-3, atol=1e-4)

    def test_codes_have_no_effect_at_first(self):
        net, image = LeanUNet((2, 4, 8)).eval(), torch.randn(1, 1, 16, 16, 16)
        logits, codes, _ = Teacher(net, codes=8, width=4, heads=2).eval()(image)
        torch.testing.assert_close(logits, net(image))
        self.assertEqual(tuple(codes.shape), (1, 8, 2, 2, 2))

    def test_rebuilt_images_have_the_size_of_the_image(self):
        teacher, image = Teacher(LeanUNet((2, 4, 8)), codes=8, width=4, heads=2), torch.randn(1, 1, 16, 24, 16)
        self.assertEqual(teacher.rebuild(teacher.quantise(teacher.net.encode(image)[-1])[0]).shape, image.shape)


class Losses(unittest.TestCase):
    def test_pseudo_labels_and_where_the_teacher_is_sure(self):
        label, sure = pseudo_labels(torch.tensor([0.1, 0.4, 0.6, 0.9]))
        self.assertEqual(label.tolist(), [0, 0, 1, 1])
        self.assertEqual(sure.tolist(), [1, 0, 0, 1])

    def test_unsure_voxels_cost_nothing(self):
        logits = torch.zeros(1, 1, 1, 1, 3)
        teacher = torch.tensor([0.9, 0.5, 0.1]).view(logits.shape)
        # Entropy: log 2 at two of three voxels. Dice of (½, ½) and (1, 0): (2·½ + 1) / (1 + 1 + 1).
        self.assertAlmostEqual(semi_loss(logits, teacher).item(), 2 / 3 * np.log(2) + 1 - 2 / 3, 5)

    def test_distillation_is_the_squared_distance_and_spares_the_teacher(self):
        described, codes = at_one_voxel(1.0, 2.0).requires_grad_(), at_one_voxel(1.0, 0.0).requires_grad_()
        loss = distillation_loss(described, codes)
        loss.backward()
        self.assertAlmostEqual(loss.item(), 2, 6)
        self.assertEqual(described.grad.flatten().tolist(), [0, 2])
        self.assertIsNone(codes.grad)


class OneCrop:
    """A pool of one bright cube."""

    def crop(self, *_):
        image = np.zeros((16, 16, 16), np.float32)
        image[4:12, 4:12, 4:12] = 1
        return image, np.where(image > 0, 7, 4).astype(np.uint8)


class OneImage(OneCrop):
    def crop(self, rng):
        return super().crop(rng)[0]


class Training(unittest.TestCase):
    def test_each_stage_lowers_its_loss(self):
        torch.manual_seed(0)
        teacher, student = Teacher(LeanUNet((4, 8, 8)), codes=8, width=4, heads=2), LeanUNet((2, 4, 4))
        image, target = OneCrop().crop(None)
        image = torch.from_numpy(image)[None, None]
        truth = torch.from_numpy((target > 4).astype(np.float32))[None, None]
        rebuilding = lambda: sum(teacher.train().reconstruct(image)[:2]).item()
        segmenting = lambda logits: vessel_loss(logits, truth, truth, torch.ones_like(truth))[0].item()
        before = rebuilding(), segmenting(teacher(image)[0]), segmenting(student(image))
        learn_codes(teacher, OneImage(), 40)
        self.assertLess(rebuilding(), before[0])
        learn_vessels(teacher, OneCrop(), 40)
        self.assertLess(segmenting(teacher.train()(image)[0]), before[1])
        for guide in (teacher.eval(), None):
            start = {name: value.clone() for name, value in student.state_dict().items()}
            learn_from(guide, student, OneCrop(), OneImage(), 40)
            self.assertLess(segmenting(student.train()(image)), before[2])
            student.load_state_dict(start)

    def test_checkpoints_of_teacher_and_student_answer_as_they_did(self):
        teacher, student = Teacher(LeanUNet((2, 4, 4))).eval(), LeanUNet().eval()
        image = torch.rand(1, 1, 16, 16, 16)
        with tempfile.TemporaryDirectory() as folder, torch.no_grad():
            path = Path(folder) / "net.pt"
            torch.save({"average": teacher.net.state_dict(), "teacher": teacher.state_dict()}, path)
            torch.testing.assert_close(load(path)(image), torch.sigmoid(teacher(image)[0]))
            torch.save({"average": student.state_dict()}, path)
            torch.testing.assert_close(load(path)(image), torch.sigmoid(student(image)))

    def test_unlabelled_images_of_shards_and_of_files(self):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            with self.assertRaisesRegex(ValueError, "no image-"):
                Unlabelled([folder], "mra")
            np.save(folder / "image-0001.npy", np.zeros((2, 64, 64, 64), np.float16))
            volume = np.random.default_rng(0).normal(100, 10, (64, 50, 20)).astype(np.float32)
            nibabel.save(nibabel.Nifti1Image(volume, np.eye(4)), folder / "one.nii.gz")
            images = Unlabelled([folder], "mra")
        [(shard, file)] = images.folders
        self.assertEqual((shard.shape, file.shape), ((2, 64, 64, 64), (1, 48, 50, 64)))
        self.assertAlmostEqual(float(np.median(file[0, :20])), 0, 5)
        np.testing.assert_array_equal(file[0, 20:], np.broadcast_to(file[0, 19], (28, 50, 64)))
        self.assertEqual(images.crop(np.random.default_rng(0)).shape, (CROP,) * 3)


if __name__ == "__main__":
    unittest.main()
