"""What hashes leave open: an embedding proposes which reference a part of the picture may be, features verify it."""

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

from listings.screening.images.coarse import SIDE, Embed, Embeddings
from listings.screening.images.decode import LIMITS, Limits, colour
from listings.screening.images.features import Features, Fit, features, fit, turned_over
from listings.screening.images.match import WHOLE, Sighting
from listings.screening.images.regions import Box, proposals

Ints = np.ndarray[tuple[int], np.dtype[np.int64]]

SHIPPED = Path(__file__).with_name("verifier.json")

CANDIDATES = 5
MARGIN = 0.06  # a proposed region misses a little of what it frames
KEPT_FEATURES = 2_000  # references, 300 KB each with both greys


@dataclass(frozen=True, slots=True)
class Clues:
    """What the verifier weighs, each about 0..1."""

    cosine: float
    inliers: float
    hull_share: float
    inlier_share: float
    likeness: float
    agreement: float
    least: float


@dataclass(frozen=True, slots=True)
class Verifier:
    """A logistic regression over Clues; bench/images.py fits it, prints it and measures it held out."""

    weights: tuple[float, ...]
    intercept: float
    threshold: float

    @classmethod
    def load(cls, path: Path = SHIPPED) -> "Verifier":
        said = json.loads(path.read_text())
        return cls(tuple(said["weights"]), said["intercept"], said["threshold"])

    def probability(self, clues: Clues) -> float:
        total = self.intercept + sum(w * x for w, x in zip(self.weights, astuple(clues), strict=True))
        return 1 / (1 + math.exp(-max(-50.0, min(50.0, total))))


class SecondLook:
    """`ids` and `embeddings` (n, d) name the references, several rows may be of one; `picture_of` gives its bytes."""

    def __init__(
        self,
        embed: Embed,
        verifier: Verifier,
        ids: Ints,
        embeddings: Embeddings,
        picture_of: Callable[[int], bytes],
    ) -> None:
        self.embed, self.verifier = embed, verifier
        self.ids, self.embeddings = ids, embeddings
        self.features_of = lru_cache(KEPT_FEATURES)(lambda ref: both_ways(colour(picture_of(ref), SIDE)))

    def __call__(self, data: bytes, limits: Limits = LIMITS) -> list[Sighting]:
        """The references seen in the picture, likeliest first; raises BadPicture."""
        seen = self.sightings(colour(data, SIDE, limits))
        return [one for one in seen if one.probability >= self.verifier.threshold]

    def sightings(self, picture: Image.Image) -> list[Sighting]:
        """Every candidate with its clues, likeliest first; whole pictures settle it before parts are tried."""
        looked: dict[Box, Features] = {}
        cheap = self._verified(picture, self._candidates(picture, [WHOLE]), looked)
        if any(one.probability >= self.verifier.threshold for one in cheap):
            return cheap
        small = np.asarray(picture.convert("L").resize((200, 200)))
        boxes = proposals(small, picture.width / picture.height)
        return self._verified(picture, self._candidates(picture, [WHOLE, *boxes]), looked)

    def _candidates(self, picture: Image.Image, boxes: Sequence[Box]) -> list[tuple[int, float, Box]]:
        """The references nearest to any of the boxes, each with its cosine and the box that it is nearest to."""
        views = [crop(picture, box) for box in boxes] + [ImageOps.mirror(picture)]
        cosines = self.embed(views) @ self.embeddings.T
        best = cosines.max(axis=0)
        found: dict[int, tuple[int, float, Box]] = {}
        for row in np.argsort(-best)[: 6 * CANDIDATES].tolist():
            view = int(cosines[:, row].argmax())
            ref = int(self.ids[row])
            found.setdefault(ref, (ref, float(best[row]), boxes[view] if view < len(boxes) else WHOLE))
        return list(found.values())[:CANDIDATES]

    def _verified(
        self, picture: Image.Image, candidates: Sequence[tuple[int, float, Box]], looked: dict[Box, Features]
    ) -> list[Sighting]:
        seen = []
        for ref, cosine, box in candidates:
            wider = widened(box)
            if wider not in looked:
                looked[wider] = features(crop(picture, wider))
            seen += self._compared(ref, cosine, wider, looked[wider])
        return sorted(seen, key=lambda one: -one.probability)

    def _compared(self, ref: int, cosine: float, box: Box, part: Features) -> list[Sighting]:
        """The better of the reference and its mirror image against one part of the picture."""
        found = []
        for mirrored, own in enumerate(self.features_of(ref)):
            fitted = fit(own, part)
            if fitted is None:
                continue
            clues = clues_of(cosine, fitted)
            region = seen_at(fitted, own.grey.shape, part.grey.shape, box)
            found.append(
                Sighting(ref, self.verifier.probability(clues), region, bool(mirrored), astuple(clues))
            )
        return sorted(found, key=lambda one: -one.probability)[:1]


def clues_of(cosine: float, fitted: Fit) -> Clues:
    """Copies are alike to nearly 1 and other photos of one thing to 0.9 at most, hence the high power."""
    inliers = math.log1p(fitted.inliers) / 6
    likeness = max(0.0, fitted.correlation) ** 8
    return Clues(
        cosine,
        inliers,
        min(1.0, fitted.hull_share),
        fitted.inlier_share,
        likeness,
        inliers * fitted.inlier_share,
        max(0.0, fitted.least),
    )


def both_ways(picture: Image.Image) -> tuple[Features, Features]:
    """The features of a picture and of its mirror image."""
    upright = features(picture)
    return upright, turned_over(upright)


def crop(picture: Image.Image, box: Box) -> Image.Image:
    x0, y0, x1, y1 = box
    w, h = picture.size
    return picture.crop(
        (int(x0 * w), int(y0 * h), max(int(x0 * w) + 1, int(x1 * w)), max(int(y0 * h) + 1, int(y1 * h)))
    )


def widened(box: Box) -> Box:
    x0, y0, x1, y1 = box
    return max(0.0, x0 - MARGIN), max(0.0, y0 - MARGIN), min(1.0, x1 + MARGIN), min(1.0, y1 + MARGIN)


def seen_at(fitted: Fit, reference: tuple[int, ...], part: tuple[int, ...], box: Box) -> Box:
    """The upright box, in shares of the whole picture, round where the reference's corners come to lie."""
    height, width = reference
    corners = np.array([(0, 0, 1), (width, 0, 1), (0, height, 1), (width, height, 1)], float)
    ends = corners @ fitted.matrix.T
    laid = ends[:, :2] / ends[:, 2:] / (part[1], part[0])
    (x0, y0), (x1, y1) = laid.min(axis=0).clip(0, 1), laid.max(axis=0).clip(0, 1)
    wide, tall = box[2] - box[0], box[3] - box[1]
    shares = box[0] + x0 * wide, box[1] + y0 * tall, box[0] + x1 * wide, box[1] + y1 * tall
    left, top, right, bottom = (round(float(share), 4) for share in shares)
    return left, top, right, bottom
