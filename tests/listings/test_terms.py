"""A policy whose screening could not be worked with is named wrong before it is published."""

import tomllib
from pathlib import Path

import pytest
from listings.rules.terms import faults_of_screening

POLICY = Path(__file__).parents[2] / "policy" / "2026-01.toml"


@pytest.fixture
def section():
    return tomllib.loads(POLICY.read_text())["screening"]


def test_the_policy_that_comes_with_klean_has_no_fault(section) -> None:
    assert faults_of_screening(section) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"review_from": 3}, "review_from is no number from 0 to 1"),
        ({"corroboration": "two"}, "corroboration is no whole number"),
        ({"pictures": {}}, "look_from is no number"),
        ({"rules": [{"name": "a", "verdict": "remove", "needs": []}]}, "verdict is one of review, block"),
        (
            {"rules": [{"name": "a", "verdict": "review", "state": "on", "needs": []}]},
            "state is one of live, shadow",
        ),
        ({"rules": [{"name": "a", "verdict": "review", "needs": [{"kind": "x"}]}]}, "at_least"),
        ({"rules": [{"name": "a"}, {"name": "a"}]}, "'a' is there twice"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(section, change, fault) -> None:
    assert any(fault in said for said in faults_of_screening(section | change))
