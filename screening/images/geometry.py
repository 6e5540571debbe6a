"""Which part of a picture is taken from a reference: the map under which most of their features agree."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from screening.images.features import Features, Floats

Ints = NDArray[np.intp]
Map = NDArray[np.float64]  # (3, 3), from the reference's pixels to the picture's

RATIO = 0.85
ALIKE = 0.8  # cosine of two marks that may be of one point
MIN_MATCHES = 6  # matches; fewer agree by chance
NEAR = 8.0  # pixels a match may lie off the first, affine map
ROUNDS = (18.0, 8.0, 4.0)  # pixels within which marks are matched again under the map so far
MAX_TILT = 2.2  # a picture photographed askew is nearer at one corner, not ten times nearer


@dataclass(frozen=True, slots=True)
class Fit:
    """Of `matches` found without geometry `inliers` agree with the `matrix`; `hull_share` is their reach in the reference."""

    matrix: Map
    matches: int
    inliers: int
    hull_share: float


def fit(reference: Features, picture: Features) -> Fit | None:
    """The map, or None where too few features agree or it would be no photo's copy."""
    if len(reference.points) < MIN_MATCHES or len(picture.points) < MIN_MATCHES:
        return None
    alike = reference.marks @ picture.marks.T
    own, other = _matches(alike)
    if len(own) < MIN_MATCHES:
        return None
    source, target = reference.points[own], picture.points[other]
    start = _affine(source, target, NEAR)
    if start is None or (_off(start, source, target) < NEAR).sum() < MIN_MATCHES:
        return None
    matrix = _guided(start, reference, picture, alike)
    agree = _off(matrix, source, target) < ROUNDS[-1]
    if agree.sum() < MIN_MATCHES:
        return None
    hull = cv2.contourArea(cv2.convexHull(source[agree])) / reference.grey.size
    return Fit(matrix, len(own), int(agree.sum()), hull)


def _matches(alike: Floats) -> tuple[Ints, Ints]:
    """Pairs that are clearly nearer than the next one; one feature of the picture answers for one of the reference."""
    rows, best = np.arange(len(alike)), alike.argmax(axis=1)
    first = alike[rows, best]
    alike[rows, best] = -1
    second = alike.max(axis=1)
    alike[rows, best] = first
    clear = np.flatnonzero(np.sqrt(np.maximum(1 - first, 0)) < RATIO * np.sqrt(np.maximum(1 - second, 1e-9)))
    clear = clear[np.argsort(-first[clear], kind="stable")]
    once = np.unique(best[clear], return_index=True)[1]
    return clear[once], best[clear[once]]


def _guided(matrix: Map, reference: Features, picture: Features, alike: Floats) -> Map:
    """The map refitted, ever closer, to what it says must match: also what no ratio test lets through."""
    own, other = np.nonzero(alike > ALIKE)
    order = np.argsort(-alike[own, other], kind="stable")
    own, other = own[order], other[order]
    for within in ROUNDS:
        close = np.flatnonzero(_off(matrix, reference.points[own], picture.points[other]) < within)
        firsts = [np.unique(side[close], return_index=True)[1] for side in (own, other)]
        both = np.intersect1d(firsts[0], firsts[1])
        source, target = reference.points[own[close[both]]], picture.points[other[close[both]]]
        refitted = _bent(source, target, max(2.5, within / 3), reference.grey.shape)
        if refitted is None:
            break
        matrix = refitted
    return matrix


def _bent(source: Floats, target: Floats, near: float, shape: tuple[int, ...]) -> Map | None:
    """With perspective where it is mild (a wild one explains anything), else without."""
    if len(source) >= 2 * MIN_MATCHES:
        found, _ = cv2.findHomography(source, target, cv2.RANSAC, near, maxIters=500)
        bent: Map = np.array(found, np.float64)
        if bent.shape == (3, 3) and _is_mild(bent, shape) and _is_plausible(_slope(bent, shape)):
            return bent
    return _affine(source, target, near) if len(source) >= MIN_MATCHES else None


def _affine(source: Floats, target: Floats, near: float) -> Map | None:
    cv2.setRNGSeed(7)
    found, _ = cv2.estimateAffine2D(
        source, target, method=cv2.RANSAC, ransacReprojThreshold=near, maxIters=1500, confidence=0.995
    )
    matrix: Map = np.array(found, np.float64)
    if matrix.shape != (2, 3) or not _is_plausible(matrix[:, :2]):
        return None
    return np.vstack((matrix, (0.0, 0.0, 1.0)))


def laid(matrix: Map, points: NDArray[np.floating]) -> Map:
    """Where the (n, 2) points come to lie."""
    ends = points @ matrix[:, :2].T + matrix[:, 2]
    return np.asarray(ends[:, :2] / np.where(np.abs(ends[:, 2:]) < 1e-6, 1e-6, ends[:, 2:]), np.float64)


def _off(matrix: Map, source: Floats, target: Floats) -> Floats:
    return np.asarray(np.linalg.norm(laid(matrix, source) - target, axis=1), np.float32)


def enlargement(matrix: Map, shape: tuple[int, ...]) -> float:
    """Pixels of the picture to one of the reference, in its middle."""
    return float(np.sqrt(abs(np.linalg.det(_slope(matrix, shape)))))


def _slope(matrix: Map, shape: tuple[int, ...]) -> Map:
    x, y = shape[1] / 2, shape[0] / 2
    middle, right, below = laid(matrix, np.array([(x, y), (x + 1, y), (x, y + 1)]))
    return np.stack((right - middle, below - middle), axis=1)


def _is_mild(matrix: Map, shape: tuple[int, ...]) -> bool:
    height, width = shape[:2]
    depths = np.array([(0, 0, 1), (width, 0, 1), (0, height, 1), (width, height, 1)]) @ matrix[2]
    return bool(depths.min() > 0 and depths.max() < MAX_TILT * depths.min())


def _is_plausible(slope: Map) -> bool:
    """No mirror image, no shrinking to a line, no enlargement that a copier would not make."""
    large, small = np.linalg.svd(slope, compute_uv=False)
    return bool(np.linalg.det(slope) > 0 and small > 0.08 and large < min(10, 2.5 * small))
