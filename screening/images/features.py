"""Local features of a picture: SIFT at a fixed size, the strongest first."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

Grey = NDArray[np.uint8]
Floats = NDArray[np.float32]

SIDE = 640  # pixels of the longer side, so that a third of a collage still has detail
REFERENCE_SIDE = 400
MAX_FEATURES = 2_000
MAX_REFERENCE_FEATURES = 800  # smaller, so that 200 references stay in memory

# A mirrored picture has SIFT's 4 × 4 cells in the other order and its 8 directions turned the other way.
MIRRORED = np.arange(128).reshape(4, 4, 8)[::-1, :, -np.arange(8) % 8].ravel()


@dataclass(frozen=True, slots=True)
class Features:
    """`points` (n, 2) in pixels of `grey`, and their `marks` (n, 128) of length 1."""

    grey: Grey
    points: Floats
    marks: Floats


def features(picture: Image.Image, side: int = SIDE, limit: int = MAX_FEATURES) -> Features:
    """Features of an already decoded picture; OpenCV is never given bytes."""
    scale = side / max(picture.size)
    size = max(8, round(picture.width * scale)), max(8, round(picture.height * scale))
    grey = np.asarray(picture.convert("L").resize(size, Image.Resampling.BILINEAR))
    found, marks = cv2.SIFT.create(limit, contrastThreshold=0.02, edgeThreshold=15).detectAndCompute(
        grey, None
    )
    if len(found) == 0:
        return Features(grey, np.empty((0, 2), np.float32), np.empty((0, 128), np.float32))
    strongest = np.argsort([-point.response for point in found], kind="stable")
    points = np.array([point.pt for point in found], np.float32)[strongest]
    # The root of the shares (RootSIFT, Arandjelović and Zisserman 2012): a few large entries then decide less.
    shares = np.asarray(marks, np.float32)[strongest]
    rooted = np.sqrt(shares / np.maximum(shares.sum(axis=1, keepdims=True), 1e-6))
    return Features(grey, points, rooted.astype(np.float32))


def features_of_reference(picture: Image.Image) -> Features:
    return features(picture, REFERENCE_SIDE, MAX_REFERENCE_FEATURES)


def turned_over(own: Features) -> Features:
    """The features of the mirror image, without looking for them again."""
    points = own.points.copy()
    points[:, 0] = own.grey.shape[1] - 1 - points[:, 0]
    return Features(
        np.ascontiguousarray(own.grey[:, ::-1]), points, np.ascontiguousarray(own.marks[:, MIRRORED])
    )
