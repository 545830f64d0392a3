"""Generator and net. Run with: python3 -m unittest -v (in this folder)."""

import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch
from scipy import ndimage
from skimage.measure import euler_number

from anatomy import MIN_RADIUS, random_anatomy
from fields import FieldBank
from generate import SIMULATORS, VESSEL, sample
from generic import smeared
from net import LeanUNet, PixelShuffleUp, Probability, parameter_count, to_channels, with_kind
from octa import cast_down
from raster import rasterise
from train import Pool, batch, begin_from
from warm_start import warm_start


def components(mask):
    """How many there are, 26-connected."""
    return ndimage.label(mask, np.ones((3, 3, 3)))[1]


class Generator(unittest.TestCase):
    def test_same_seed_same_patch(self):
        for modality in SIMULATORS:
            with self.subTest(modality):
                one, two, other = (self.patch(modality, seed) for seed in (1, 1, 2))
                np.testing.assert_array_equal(one[0], two[0])
                np.testing.assert_array_equal(one[1], two[1])
                self.assertFalse(np.array_equal(one[0], other[0]))

    @staticmethod
    def patch(modality, seed):
        rng = np.random.default_rng(seed)
        return sample(rng, FieldBank(rng, size=48, fields_per_scale=1), modality, 32)

    def test_no_vessel_thinner_than_visible(self):
        rng = np.random.default_rng(3)
        for _ in range(20):
            for _, radii in random_anatomy(rng, (64, 64, 64)):
                self.assertGreaterEqual(radii.min(), MIN_RADIUS)

    def test_straight_tube_has_its_cross_section(self):
        z = np.linspace(-2, 34, 200)
        points = np.stack([z, np.full(200, 16.0), np.full(200, 16.0)], 1)
        lumen = rasterise([(points, np.full(200, 4.0))], [np.ones(200)], (32, 32, 32), (1, 1, 1))
        self.assertAlmostEqual(lumen.fraction[16].sum(), np.pi * 16, delta=2)
        self.assertEqual(components(lumen.label), 1)
        self.assertEqual(euler_number(lumen.label, connectivity=3), 1)  # neither loop nor cavity

    def test_thin_vessel_in_thick_slices_stays_connected(self):
        t = np.linspace(-2, 34, 300)
        points = np.stack([1.5 * t, t, np.full(300, 16.2)], 1)
        lumen = rasterise([(points, np.full(300, 0.8))], [np.ones(300)], (16, 32, 32), (3, 1, 1))
        self.assertEqual(components(lumen.label), 1)


class Octa(unittest.TestCase):
    def test_a_vessel_casts_its_shadow_as_far_as_it_reaches(self):
        x = np.linspace(-2, 34, 200)
        points = np.stack([np.full(200, 8.0), np.full(200, 16.0), x], 1)
        lumen = rasterise([(points, np.full(200, 2.0))], [np.full(200, 0.7)], (32, 32, 32), (1, 1, 1))
        top, bottom = np.flatnonzero(lumen.label[:, 16, 16])[[0, -1]]
        for reach in (6, 64):
            cast = cast_down(lumen, reach)
            ends = np.flatnonzero(cast.label[:, 16, 16])[[0, -1]]
            self.assertEqual(ends.tolist(), [top, min(31, bottom + reach)])
            self.assertFalse(cast.label[:, 4].any())
            self.assertAlmostEqual(float(cast.gain[bottom + 4, 16, 16]), 0.7, 5)


class Smeared(unittest.TestCase):
    def test_a_vessel_goes_on_along_the_depth_fainter_and_is_labelled_while_it_is_seen(self):
        x = np.linspace(-2, 34, 200)
        points = np.stack([np.full(200, 16.0), np.full(200, 16.0), x], 1)
        lumen = rasterise([(points, np.full(200, 3.0))], [np.full(200, 0.7)], (32, 32, 32), (1, 1, 1))
        for seed in range(8):
            light = smeared(np.random.default_rng(seed), lumen)
            along = light.fraction[:, 16, 16]
            first, last = np.flatnonzero(along == 1)[[0, -1]]
            self.assertTrue((light.label >= lumen.label).all())
            self.assertTrue((np.diff(along[last:]) <= 0).all() and (np.diff(along[: first + 1]) >= 0).all())
            faint = light.label & ~lumen.label
            self.assertGreater(faint.sum(), 0)
            self.assertGreaterEqual(light.fraction[faint].min(), 0.1)
            self.assertAlmostEqual(float(light.gain[faint].mean()), 0.7, 5)
            self.assertFalse(light.label[:, 4].any())


class WarmStart(unittest.TestCase):
    def test_unfolded_net_answers_as_the_exported_one(self):
        torch.manual_seed(1)
        images = [torch.randn(2, 1, 16, 16, 16) for _ in range(3)]
        net = LeanUNet()
        for image in images:
            net.train()(image)  # gives the norms statistics other than 0 and 1
        net.eval()
        with tempfile.TemporaryDirectory() as folder, torch.no_grad():
            path = Path(folder) / "net.onnx"
            torch.onnx.export(net, images[0][:1], str(path), opset_version=17)
            started = warm_start(path, images).eval()
            torch.testing.assert_close(started(images[0]), net(images[0]), rtol=1e-3, atol=1e-4)
            # and about the same while it trains: batches are normalised as the statistics say
            self.assertLess((started.train()(images[0]) - net(images[0])).abs().mean(), 0.5)


class Net(unittest.TestCase):
    def test_shape_is_kept(self):
        self.assertEqual(LeanUNet()(torch.zeros(1, 1, 16, 24, 32)).shape, (1, 1, 16, 24, 32))

    def test_small_enough_to_download(self):
        self.assertLess(4 * parameter_count(LeanUNet()), 2e6)

    def test_several_classes_start_with_the_background(self):
        logits = LeanUNet(classes=3).eval()(torch.zeros(1, 1, 16, 16, 16))
        self.assertEqual(logits.shape, (1, 4, 16, 16, 16))
        self.assertTrue((logits.argmax(1) == 0).all())

    def test_a_net_that_is_told_the_kind_answers_as_before_until_it_has_learnt_it(self):
        torch.manual_seed(0)
        plain, told, image = LeanUNet((2, 4, 8)).eval(), LeanUNet((2, 4, 8), kinds=3).eval(), torch.randn(1, 1, 16, 16, 16)
        begin_from(told, plain.state_dict())
        of = lambda kind: told(with_kind(image, torch.tensor([kind]), 3))
        torch.testing.assert_close(of(0), plain(image))
        torch.testing.assert_close(of(2), plain(image))
        with torch.no_grad():
            told.encoder[0][0][0].weight[:, -1] = 1
        torch.testing.assert_close(of(1), plain(image))
        self.assertGreater((of(2) - plain(image)).abs().max(), 0.01)
        torch.testing.assert_close(Probability(told, 2)(image), torch.sigmoid(of(2)))

    def test_a_batch_tells_from_which_folder_an_image_comes(self):
        with tempfile.TemporaryDirectory() as name:
            folders = [Path(name) / kind for kind in "ab"]
            for value, folder in enumerate(folders):
                folder.mkdir()
                np.save(folder / "image-0001.npy", np.full((1, 16, 16, 16), 10 * value, np.float16))
                np.save(folder / "target-0001.npy", np.full((1, 16, 16, 16), VESSEL, np.uint8))
            image = batch(np.random.default_rng(0), Pool(*folders, edge=16), 20, kinds=2)[0]
        self.assertEqual(image.shape, (20, 3, 16, 16, 16))
        bright = image[:, 0].mean((1, 2, 3)) > 1
        torch.testing.assert_close(image[:, 2].mean((1, 2, 3)), bright.float())
        torch.testing.assert_close(image[:, 1], 1 - image[:, 2])
        self.assertTrue(bright.any() and not bright.all())

    def test_dim_vessels_are_told_from_the_dark(self):
        # One in twenty of the brightest: what the net sees of it is not one in twenty.
        seen = []
        net = LeanUNet()
        net.encoder[0].register_forward_pre_hook(lambda _, inputs: seen.append(inputs[0]))
        net(torch.full((1, 1, 16, 16, 16), 0.05))
        self.assertEqual(seen[0].shape, (1, 24, 8, 8, 8))
        self.assertAlmostEqual(seen[0][:, :8].mean().item(), 0.05, 4)
        self.assertGreater(seen[0][:, 16:].mean().item(), 0.6)

    def test_blocks_become_channels_and_come_back(self):
        x = torch.arange(2 * 4 * 4 * 6.0).reshape(1, 2, 4, 4, 6)
        channels = to_channels(x)
        self.assertEqual(channels[0, :8, 0, 0, 0].tolist(), [0, 1, 6, 7, 24, 25, 30, 31])
        up = PixelShuffleUp(16, 2)
        with torch.no_grad():
            up.expand.weight.copy_(torch.eye(16).reshape(16, 16, 1, 1, 1))
            up.expand.bias.zero_()
        torch.testing.assert_close(up(channels), x)

    def test_pixel_shuffle_equals_a_transposed_convolution(self):
        up = PixelShuffleUp(3, 2)
        x = torch.randn(1, 3, 2, 3, 4)
        kernel = up.expand.weight.reshape(2, 8, 3).permute(2, 0, 1).reshape(3, 2, 2, 2, 2)
        torch.nn.init.zeros_(up.expand.bias)
        expected = torch.nn.functional.conv_transpose3d(x, kernel, stride=2)
        torch.testing.assert_close(up(x), expected)


if __name__ == "__main__":
    unittest.main()
