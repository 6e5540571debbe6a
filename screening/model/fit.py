"""Fitting a model to labelled listings: a logistic regression, then a curve, then what it is worth on unseen rows."""

import json
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from screening.model.features import NAMES, Rows
from screening.model.score import ScoreModel

BINS = (0.0, 0.01, 0.05, 0.1, 0.3, 0.5, 0.8, 0.95, 1.0000001)
SEED = 20260101


class TooFewLabels(ValueError):
    """There is not enough of both kinds to fit and to check; the message says how many there are."""


MIN_LABELS = 40  # of each kind
PRIOR_WORTH = 200  # labels: what the rows made by code weigh together, so that real ones soon outweigh them


@dataclass(frozen=True, slots=True)
class Labelled:
    """An (n, features) matrix and n labels; ``held_back`` rows are never fitted to, by no model."""

    rows: Rows
    fakes: np.ndarray
    held_back: np.ndarray


def fit(labels: Labelled, prior: tuple[Rows, np.ndarray] | None, *, origin: str) -> str:
    """The artefact's JSON text: of what is not held back two thirds fit, with the prior, and one makes the curve."""
    from sklearn.linear_model import LogisticRegression

    fakes, held_back = labels.fakes, labels.held_back
    if min(int(fakes.sum()), int((~fakes).sum())) < MIN_LABELS:
        raise TooFewLabels(
            f"{int(fakes.sum())} confirmed and {int((~fakes).sum())} harmless; {MIN_LABELS} of each are needed"
        )
    order = np.random.default_rng(SEED).permutation(np.flatnonzero(~held_back))
    fitted, curved = np.split(order, [2 * len(order) // 3])
    x, y, weight = _with(prior, labels.rows[fitted], fakes[fitted])
    regression = LogisticRegression(C=10.0, max_iter=2000).fit(x, y, sample_weight=weight)
    weights, intercept = regression.coef_[0], float(regression.intercept_[0])
    x, y, weight = _with(prior, labels.rows[curved], fakes[curved])
    curve = _curve(1 / (1 + np.exp(-(x @ weights + intercept))), y, weight)
    model = ScoreModel("", weights, intercept, curve, {})
    artefact = {
        "features": NAMES,
        "weights": [round(weight, 6) for weight in weights.tolist()],
        "intercept": round(intercept, 6),
        "curve": [[round(float(x), 6) for x in axis] for axis in curve],
        "metadata": {"origin": origin, "rows": len(fakes), "fakes": int(fakes.sum()), "seed": SEED}
        | evidence(model, labels.rows[held_back], fakes[held_back]),
    }
    return json.dumps(artefact, indent=1) + "\n"


def _with(
    prior: tuple[Rows, np.ndarray] | None, rows: Rows, fakes: np.ndarray
) -> tuple[Rows, np.ndarray, Rows]:
    """The rows and labels with the prior's below them, and what each weighs."""
    if prior is None:
        return rows, fakes, np.ones(len(rows))
    more, labels = prior
    light = np.full(len(more), PRIOR_WORTH / len(more))
    return (
        np.vstack([rows, more]),
        np.concatenate([fakes, labels]),
        np.concatenate([np.ones(len(rows)), light]),
    )


def evidence(model: ScoreModel, rows: Rows, fakes: np.ndarray) -> dict[str, Any]:
    """What a model is worth on rows that it has not seen."""
    from sklearn.metrics import average_precision_score, brier_score_loss

    scores = model.scores(rows)
    bins = []
    for low, high in pairwise(BINS):
        here = (scores >= low) & (scores < high)
        if here.any():
            bins.append(
                {
                    "from": low,
                    "to": min(high, 1.0),
                    "rows": int(here.sum()),
                    "mean_score": round(float(scores[here].mean()), 4),
                    "share_of_fakes": round(float(fakes[here].mean()), 4),
                }
            )
    return {
        "checked_rows": len(rows),
        "average_precision": round(float(average_precision_score(fakes, scores)), 4),
        "brier": round(float(brier_score_loss(fakes, scores)), 6),
        "calibration": bins,
    }


def _curve(raw: np.ndarray, fakes: np.ndarray, weight: Rows) -> tuple[Rows, Rows]:
    """Isotonic, so that a higher sum is never a lower probability; thinned, and never quite certain."""
    from sklearn.isotonic import IsotonicRegression

    isotonic = IsotonicRegression(y_min=0.0005, y_max=0.9995, out_of_bounds="clip").fit(raw, fakes, weight)
    x, y = isotonic.X_thresholds_, isotonic.y_thresholds_
    return np.concatenate(([0.0], x, [1.0])), np.concatenate(([y[0]], y, [y[-1]]))
