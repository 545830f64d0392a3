"""Readers for the angiograms used in scoring: MetaImage, NIfTI, TIFF; arrays [z, y, x]."""

import zlib
from pathlib import Path

import nibabel
import numpy as np
from PIL import Image, ImageSequence

META_TYPES = {
    "MET_SHORT": np.int16, "MET_USHORT": np.uint16, "MET_UCHAR": np.uint8,
    "MET_FLOAT": np.float32, "MET_DOUBLE": np.float64, "MET_INT": np.int32,
}


def read_meta_image(path):
    raw = Path(path).read_bytes()
    header, at = {}, 0
    while "ElementDataFile" not in header:
        end = raw.index(b"\n", at)
        key, value = raw[at:end].decode().split("=", 1)
        header[key.strip()] = value.strip()
        at = end + 1
    body = raw[at:]
    if header.get("CompressedData", "False") == "True":
        body = zlib.decompress(body)
    size = [int(n) for n in header["DimSize"].split()]
    return np.frombuffer(body, META_TYPES[header["ElementType"]], np.prod(size)).reshape(size[::-1])


def read(path):
    path = Path(path)
    if path.suffix == ".mha":
        return read_meta_image(path)
    if path.suffix == ".tif":
        with Image.open(path) as pages:
            return np.stack([np.array(page) for page in ImageSequence.Iterator(pages)])
    return np.asarray(nibabel.load(path).dataobj).T
