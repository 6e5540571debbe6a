"""What hashes leave open: which references a picture may show is proposed, and verified by geometry and detail."""

import json
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple, dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from screening.images.decode import LIMITS, Limits, colour
from screening.images.features import SIDE, Features, features, features_of_reference, turned_over
from screening.images.geometry import Fit, fit, laid
from screening.images.landmarks import Landmarks, keys_of_reference
from screening.images.likeness import Likeness, likeness
from screening.images.match import Sighting
from screening.images.regions import Box, proposals

Embeddings = NDArray[np.float32]
Embed = Callable[[Sequence[Image.Image]], Embeddings]
Candidate = tuple[int, bool]  # which reference, and whether mirrored

SHIPPED = Path(__file__).with_name("verifier.json")

CANDIDATES = 5
KEPT_FEATURES = 200  # references, some 600 KB each


@dataclass(frozen=True, slots=True)
class Clues:
    """What the verifier weighs; correlations are stretched near 1, where copies part from other photos of one thing."""

    inliers: float
    agreement: float
    hull_share: float
    upper: float
    below: float
    lowest: float
    clear: float
    clear_below: float
    shown: float


@dataclass(frozen=True, slots=True)
class Verifier:
    """A logistic regression over Clues; bench/images.py fits it, prints it and measures it held out."""

    weights: tuple[float, ...]
    intercept: float
    threshold: float

    @classmethod
    def load(cls, path: Path = SHIPPED) -> "Verifier":
        verifier = json.loads(path.read_text())
        return cls(tuple(verifier["weights"]), verifier["intercept"], verifier["threshold"])

    def probability(self, clues: Clues) -> float:
        total = self.intercept + sum(w * x for w, x in zip(self.weights, astuple(clues), strict=True))
        return 1 / (1 + math.exp(-max(-50.0, min(50.0, total))))


@dataclass(frozen=True, slots=True)
class Embedded:
    """A copy-detection model, and the (n, d) rows that it gave the references of these ids."""

    embed: Embed
    ids: NDArray[np.int64]
    rows: Embeddings

    def proposed(self, picture: Image.Image, limit: int) -> list[Candidate]:
        """The references nearest to the picture, to a part of it or to its mirror image."""
        small = np.asarray(picture.convert("L").resize((200, 200)))
        boxes = proposals(small, picture.width / picture.height)
        views = [picture, ImageOps.mirror(picture), *(crop(picture, box) for box in boxes)]
        best = (self.embed(views) @ self.rows.T).max(axis=0)
        nearest = np.argsort(-best, kind="stable")[:limit].tolist()
        return [(int(self.ids[row]), mirrored) for row in nearest for mirrored in (False, True)]


class SecondaryMatcher:
    """`picture_of` gives a reference's bytes; without a copy-detection model, landmarks alone propose."""

    def __init__(
        self,
        verifier: Verifier,
        landmarks: Landmarks,
        picture_of: Callable[[int], bytes],
        embedded: Embedded | None = None,
    ) -> None:
        self.verifier, self.landmarks, self.embedded = verifier, landmarks, embedded
        self.features_of = lru_cache(KEPT_FEATURES)(
            lambda ref: features_of_reference(colour(picture_of(ref), SIDE))
        )

    def __call__(self, data: bytes, limits: Limits = LIMITS) -> list[Sighting]:
        """The references seen in the picture, likeliest first; raises BadPicture."""
        seen = self.sightings(colour(data, SIDE, limits))
        return [one for one in seen if one.probability >= self.verifier.threshold]

    def sightings(self, picture: Image.Image) -> list[Sighting]:
        """Every candidate with its clues, likeliest first; the model is asked only where landmarks settle nothing."""
        own = features(picture)
        candidates = self.landmarks.proposed(own, CANDIDATES)
        seen = list(self._verified(own, candidates))
        if self.embedded and not any(one.probability >= self.verifier.threshold for one in seen):
            more = self.embedded.proposed(picture, CANDIDATES)
            seen += self._verified(own, [one for one in more if one not in candidates])
        return sorted(seen, key=lambda one: -one.probability)

    def _verified(self, picture: Features, candidates: Sequence[Candidate]) -> Iterator[Sighting]:
        for ref, mirrored in candidates:
            reference = self.features_of(ref)
            reference = turned_over(reference) if mirrored else reference
            fitted = fit(reference, picture)
            if fitted is None:
                continue
            clues = clues_of(fitted, likeness(reference.grey, picture.grey, fitted.matrix))
            region = seen_at(fitted, reference, picture)
            yield Sighting(ref, self.verifier.probability(clues), region, mirrored, astuple(clues))


def landmarks_of(data: bytes) -> bytes:
    """What is kept of a reference so that landmarks propose it; raises BadPicture."""
    return keys_of_reference(features_of_reference(colour(data, SIDE)))


def clues_of(fitted: Fit, alike: Likeness) -> Clues:
    upper, below, lowest, clear, clear_below = (
        math.atanh(min(0.996, max(-0.2, value)))
        for value in (alike.upper, alike.below, alike.lowest, alike.clear, alike.clear_below)
    )
    return Clues(
        math.log1p(fitted.inliers) / 6,
        math.log((fitted.inliers + 1) / (fitted.matches - fitted.inliers + 1)) / 6,
        min(1.0, fitted.hull_share),
        upper,
        below,
        lowest,
        clear,
        clear_below,
        alike.shown,
    )


def crop(picture: Image.Image, box: Box) -> Image.Image:
    x0, y0, x1, y1 = box
    w, h = picture.size
    return picture.crop(
        (int(x0 * w), int(y0 * h), max(int(x0 * w) + 1, int(x1 * w)), max(int(y0 * h) + 1, int(y1 * h)))
    )


def seen_at(fitted: Fit, reference: Features, picture: Features) -> Box:
    """The upright box, in shares of the picture, round where the reference's corners come to lie."""
    height, width = reference.grey.shape
    corners = np.array([(0, 0), (width, 0), (0, height), (width, height)], float)
    shares = laid(fitted.matrix, corners) / picture.grey.shape[::-1]
    (left, top), (right, bottom) = shares.min(axis=0).clip(0, 1), shares.max(axis=0).clip(0, 1)
    return round(float(left), 4), round(float(top), 4), round(float(right), 4), round(float(bottom), 4)
