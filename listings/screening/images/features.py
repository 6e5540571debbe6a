"""Local features and geometry: is this picture, or a part of it, taken from that one, and which part?"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

Grey = NDArray[np.uint8]
Floats = NDArray[np.float32]

SIDE = 400  # pixels of the longer side that features are taken from
MOST = 700  # features a picture
RATIO = 0.85
NEAR = 6.0  # pixels a matched feature may lie off the fitted geometry
REFIT = 5  # by how much more a feature may be off before perspective is allowed for
CELLS, CELL = 8, 12  # the two are compared in 8 × 8 cells of 12 × 12 points
LEAST_SPREAD = 4.0  # grey levels; flatter cells say nothing


@dataclass(frozen=True, slots=True)
class Features:
    grey: Grey
    points: Floats
    marks: NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Fit:
    """The (3, 3) `matrix` carries the reference's pixels onto the picture's; the rest are the verifier's inputs."""

    matrix: NDArray[np.float64]
    inliers: int
    hull_share: float
    inlier_share: float
    correlation: float
    least: float


def features(picture: Image.Image) -> Features:
    """ORB on an already decoded picture; OpenCV is never given bytes."""
    scale = SIDE / max(picture.size)
    size = max(8, round(picture.width * scale)), max(8, round(picture.height * scale))
    grey = np.asarray(picture.convert("L").resize(size, Image.Resampling.BILINEAR))
    found, marks = cv2.ORB.create(MOST, fastThreshold=6, edgeThreshold=12, patchSize=24).detectAndCompute(
        grey, None
    )
    if len(found) == 0:
        return Features(grey, np.empty((0, 2), np.float32), np.empty((0, 32), np.uint8))
    return Features(grey, np.array([point.pt for point in found], np.float32), np.asarray(marks, np.uint8))


def turned_over(own: Features) -> Features:
    """The features of the mirror image; ORB's marks do not survive mirroring, so they are taken anew."""
    return features(Image.fromarray(np.ascontiguousarray(own.grey[:, ::-1])))


def fit(reference: Features, picture: Features) -> Fit | None:
    """The affine map under which most features agree, or None where too few do or it would be no photo's copy."""
    if len(reference.points) < 8 or len(picture.points) < 8:
        return None
    pairs = cv2.BFMatcher(cv2.NORM_HAMMING).knnMatch(reference.marks, picture.marks, 2)
    near = [pair[0] for pair in pairs if len(pair) == 2 and pair[0].distance < RATIO * pair[1].distance]
    # One feature of the picture answers for one of the reference, else a blank spot attracts them all.
    good = list({match.trainIdx: match for match in sorted(near, key=lambda match: -match.distance)}.values())
    if len(good) < 6:
        return None
    source = reference.points[[match.queryIdx for match in good]]
    target = picture.points[[match.trainIdx for match in good]]
    cv2.setRNGSeed(7)
    matrix, agree = cv2.estimateAffine2D(
        source, target, method=cv2.RANSAC, ransacReprojThreshold=NEAR, maxIters=1000
    )
    affine: NDArray[np.float64] = np.array(matrix, np.float64)
    if affine.shape != (2, 3) or not _plausible(affine):
        return None
    near_enough = agree.ravel() == 1
    laid = _refined(affine, source, target)
    hull = cv2.contourArea(cv2.convexHull(source[near_enough])) / reference.grey.size
    inliers = int(near_enough.sum())
    return Fit(laid, inliers, hull, inliers / len(good), *_correlations(reference.grey, picture.grey, laid))


def _refined(affine: NDArray[np.float64], source: Floats, target: Floats) -> NDArray[np.float64]:
    """The (3, 3) map with perspective, where it stays close to the affine one that vouches for it."""
    start = np.vstack((affine, (0.0, 0.0, 1.0)))
    off = np.linalg.norm(source @ affine[:, :2].T + affine[:, 2] - target, axis=1)
    close = off < REFIT * NEAR
    if close.sum() < 12:
        return start
    matrix, _ = cv2.findHomography(source[close], target[close], cv2.RANSAC, NEAR / 2)
    refined: NDArray[np.float64] = np.array(matrix, np.float64)
    # Perspective of a picture's copy is mild; a wild one explains anything.
    if refined.shape != (3, 3) or np.abs(refined[2, :2]).max() > 1 / (2 * SIDE):
        return start
    return refined


def _plausible(matrix: NDArray[np.float64]) -> bool:
    """No mirror image, no shrinking to a line, no enlargement that a copier would not make."""
    large, small = np.linalg.svd(matrix[:, :2], compute_uv=False)
    return bool(np.linalg.det(matrix[:, :2]) > 0 and small > 0.1 and large < min(8, 2.2 * small))


def _correlations(reference: Grey, picture: Grey, matrix: NDArray[np.float64]) -> tuple[float, float]:
    """How alike the two are, -1..1, cell by cell: in the upper middle and near the least of those that show anything.

    A banner or sticker spoils only the cells that it hides; a photo taken anew fails in fine detail, and where
    something stood nearer to the camera.
    """
    height, width = reference.shape
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    laid = cv2.warpPerspective(picture, matrix, (width, height), flags=flags)
    seen = cv2.warpPerspective(np.full_like(picture, 255), matrix, (width, height), flags=flags)
    frame = (CELLS * CELL, CELLS * CELL)
    one, other, mask = (
        cv2.resize(each, frame, interpolation=cv2.INTER_AREA)
        .reshape(CELLS, CELL, CELLS, CELL)
        .swapaxes(1, 2)
        .reshape(CELLS * CELLS, CELL * CELL)
        .astype(np.float32)
        for each in (reference, laid, seen)
    )
    one -= one.mean(axis=1, keepdims=True)
    other -= other.mean(axis=1, keepdims=True)
    spread = (one * one).sum(axis=1)
    shown = (mask.min(axis=1) > 250) & (spread > (CELL * LEAST_SPREAD) ** 2)
    if shown.sum() < 4:
        return 0.0, 0.0
    alike = (one * other).sum(axis=1) / np.sqrt(spread * ((other * other).sum(axis=1) + CELL) + 1e-6)
    upper, least = np.quantile(alike[shown], (0.6, 0.2)).tolist()
    return upper, least
