"""The model that scores: a logistic regression over what the signals say, and a curve that makes it a probability."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from screening.price.book import USED, dear_discount
from screening.signal import Signal
from screening.verdicts import is_disguised

Rows = NDArray[np.float64]

SHIPPED = Path(__file__).with_name("shipped.json")
FEATURES = (
    "mention",
    "disguise",
    "passing_off",
    "language",
    "price",
    "dear_discount",
    "known_fake",
    "official_picture",
    "gated",
    "monitored",
    "history",
    "mention_and_price",
    "mention_and_language",
    "history_and_mention",
)
PLACE = {name: place for place, name in enumerate(FEATURES)}
PRODUCTS = {
    "mention_and_price": "price",
    "mention_and_language": "language",
    "history_and_mention": "history",
}
KNOWN_FAKES = ("counterfeit", "removed")
FEATURE_OF = {"counterfeit_language": "language", "seller_history": "history"}


class WrongArtefact(ValueError):
    """The artefact is not the one that its SHA-256 names, or was made for other features."""


@dataclass(frozen=True)
class ScoreModel:
    """``version`` is the SHA-256 of the text it was read from."""

    version: str
    weights: Rows
    intercept: float
    curve: tuple[Rows, Rows]
    metadata: dict[str, Any]

    @classmethod
    def read(cls, text: str, sha256: str) -> "ScoreModel":
        """A model from its JSON text; raises WrongArtefact."""
        if hashlib.sha256(text.encode()).hexdigest() != sha256:
            raise WrongArtefact(f"the artefact is not the one with the SHA-256 {sha256}")
        said = json.loads(text)
        if tuple(said["features"]) != FEATURES:
            raise WrongArtefact("the artefact was made for other features; train it again")
        knots = np.array(said["curve"], dtype=np.float64)
        return cls(
            sha256,
            np.array(said["weights"], dtype=np.float64),
            float(said["intercept"]),
            (knots[0], knots[1]),
            said["metadata"],
        )

    def scores(self, rows: Rows) -> Rows:
        """Calibrated probabilities in 0..1 for an (n, features) matrix."""
        raw = 1 / (1 + np.exp(-np.clip(rows @ self.weights + self.intercept, -30, 30)))
        return np.interp(raw, *self.curve)


@lru_cache(maxsize=1)
def shipped() -> ScoreModel:
    """The model that came with Klean, until the desk's decisions have trained a better one."""
    text = SHIPPED.read_text(encoding="utf-8")
    return ScoreModel.read(text, SHIPPED.with_suffix(".sha256").read_text().strip())


def features_of(listings: Sequence[Sequence[Signal]]) -> Rows:
    """An (n, features) matrix, each value in 0..1."""
    rows = np.zeros((len(listings), len(FEATURES)))
    for row, signals in enumerate(listings):
        for signal in signals:
            for name, value in _said_by(signal):
                rows[row, PLACE[name]] = max(rows[row, PLACE[name]], value)
    return with_products(rows)


def with_products(rows: Rows) -> Rows:
    """The rows with what only counts together filled in: a brand's name, and what is odd about how it is sold."""
    named = rows[:, [PLACE["mention"], PLACE["disguise"], PLACE["passing_off"]]].max(axis=1)
    for product, factor in PRODUCTS.items():
        rows[:, PLACE[product]] = named * rows[:, PLACE[factor]]
    return rows


def _said_by(signal: Signal) -> Iterator[tuple[str, float]]:
    said = signal.evidence
    if signal.kind == "brand_mention" and said["use"] != "nominative":
        yield ("passing_off" if said["use"] == "passing_off" else "mention"), signal.value
        if is_disguised(signal):
            yield "disguise", signal.value
    elif signal.kind == "price_outlier":
        yield "price", signal.value
        yield (
            "dear_discount",
            0.0 if said["condition"] in USED else dear_discount(said["median"], said["ratio"]),
        )
    elif signal.kind == "image_match":
        yield ("known_fake" if said["reference_kind"] in KNOWN_FAKES else "official_picture"), signal.value
    elif signal.kind == "authorisation":
        yield said["protection"], signal.value
    elif signal.kind in FEATURE_OF:
        yield FEATURE_OF[signal.kind], signal.value
