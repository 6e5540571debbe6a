"""The model that scores: a logistic regression over what the signals say, and a curve that makes it a probability."""

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from screening.model.features import NAMES, Rows

SHIPPED = Path(__file__).with_name("shipped.json")
# Features of checks that are gone, which artefacts may still weigh: nothing has them any more.
RETIRED: frozenset[str] = frozenset()


class WrongArtefact(ValueError):
    """The artefact is not the one that its SHA-256 names, or was made for other features."""


@dataclass(frozen=True)
class ScoreModel:
    """``version`` is the SHA-256 of the text it was read from; ``weights`` are those of the features, in their order."""

    version: str
    weights: Rows
    intercept: float
    curve: tuple[Rows, Rows]
    metadata: dict[str, Any]

    @classmethod
    def read(cls, text: str, sha256: str) -> "ScoreModel":
        """A model from its JSON text, in which a feature that it does not know weighs nothing; raises WrongArtefact."""
        if hashlib.sha256(text.encode()).hexdigest() != sha256:
            raise WrongArtefact(f"the artefact is not the one with the SHA-256 {sha256}")
        artefact = json.loads(text)
        names, numbers = artefact["features"], artefact["weights"]
        if len(names) != len(numbers) or not set(names) <= {*NAMES, *RETIRED}:
            raise WrongArtefact("the artefact was made for other features; train it again")
        weights = dict(zip(names, numbers, strict=True))
        knots = np.array(artefact["curve"], dtype=np.float64)
        return cls(
            sha256,
            np.array([weights.get(name, 0.0) for name in NAMES], dtype=np.float64),
            float(artefact["intercept"]),
            (knots[0], knots[1]),
            artefact["metadata"],
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
