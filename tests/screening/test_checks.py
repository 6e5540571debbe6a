"""From the list of checks follow their order, the features of the model, and which kinds corroborate."""

import hashlib
import json

import numpy as np
import pytest

from screening.check import Check
from screening.checks.registry import CHECKS, FEATURES, KINDS, in_order
from screening.model.features import NAMES, PLACE, features_of
from screening.model.score import SHIPPED, ScoreModel
from screening.settings import Thresholds
from screening.signal import Signal
from screening.verdicts import corroborating

POLICY = Thresholds(review_from=0.03, block_from=0.95, corroboration=2, corroborating_from=0.5)
PLAIN = {"use": "trade", "how": []}


def check(name: str, *needs: str, runs_last: bool = False) -> Check:
    return Check(name=name, kinds=(), run=lambda batch: [], needs=needs, runs_last=runs_last)


def test_a_check_runs_after_those_that_it_needs() -> None:
    checks = [check("last", runs_last=True), check("b", "a"), check("a"), check("c", "b")]
    assert [one.name for one in in_order(checks)] == ["a", "b", "c", "last"]


@pytest.mark.parametrize("needs", [("b",), ("a",)])
def test_checks_that_cannot_be_put_in_order_are_refused(needs) -> None:
    with pytest.raises(ValueError, match="a needs"):
        in_order([check("a", *needs)])


def test_no_two_kinds_or_features_share_a_name() -> None:
    kinds = [kind.name for one in CHECKS for kind in one.kinds]
    assert len(kinds) == len(set(kinds)) == len(KINDS)
    assert len(NAMES) == len(set(NAMES)) >= len(FEATURES)


def test_a_feature_that_a_model_does_not_know_weighs_nothing() -> None:
    artefact = json.loads(SHIPPED.read_text())
    place = artefact["features"].index("history")
    for column in ("features", "weights"):
        del artefact[column][place]
    text = json.dumps(artefact)
    model = ScoreModel.read(text, hashlib.sha256(text.encode()).hexdigest())

    assert model.weights[PLACE["history"]] == 0
    rows = np.zeros((2, len(NAMES)))
    rows[1, PLACE["history"]] = 1.0
    without, with_it = model.scores(rows)
    assert without == with_it


def test_a_name_alone_corroborates_nothing_and_a_disguised_one_does() -> None:
    def kinds(*signals: Signal) -> set[str]:
        return corroborating(signals, POLICY)

    assert kinds(Signal("brand_mention", 0.9, PLAIN, "Nike")) == set()
    assert kinds(Signal("brand_mention", 0.9, PLAIN | {"how": ["typo"]}, "Nike")) == set()
    assert kinds(Signal("brand_mention", 0.9, PLAIN | {"how": ["jamo"]}, "Nike")) == {"brand_mention"}
    assert kinds(Signal("price_outlier", 0.9, {}), Signal("price_outlier", 0.4, {})) == {"price_outlier"}
    assert kinds(Signal("permit", 1.0, {})) == set()


def test_what_another_version_stored_weighs_nothing_where_it_cannot_be_read() -> None:
    stored = [
        Signal("logo", 0.9, {}),
        Signal("brand_mention", 0.9, {}, "Nike"),
        Signal("brand_mention", 0.9, {"use": "trade", "how": None}, "Nike"),
        Signal("price_outlier", 0.9, {"median": "dear", "ratio": None, "condition": "new"}),
        Signal("image_match", 0.9, {"reference_kind": ["official"]}),
        Signal("authorisation", 0.9, {"protection": {}}),
    ]
    (row,) = features_of([stored])
    assert {name for name in NAMES if row[PLACE[name]]} == {
        "mention",
        "price",
        "mention_and_price",
        "official_picture",
    }
    assert corroborating(stored, POLICY) == {"price_outlier", "image_match", "authorisation"}
