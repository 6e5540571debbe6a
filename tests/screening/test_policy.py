"""A policy that screening could not work with is refused, and the place of each fault named."""

import json
import tomllib
from pathlib import Path

import pytest
from pydantic import ValidationError

from screening.policy import Policy, ScreeningSection, read_section
from screening.settings import Thresholds

POLICY = tomllib.loads((Path(__file__).parents[2] / "policy" / "2026-01.toml").read_text())
PERMIT = {"kind": "permit", "at_least": 1.0}


def rule(*needs, **also):
    return {"name": "a", "verdict": "review", "needs": [*needs] or [PERMIT]} | also


def test_the_policy_that_comes_with_klean_has_no_fault() -> None:
    policy = Policy.read("2026-01", POLICY)
    assert policy.table(Thresholds).review_from == 0.03
    assert policy.screening.rules[0].needs[0].entries == {"protection": ["gated"]}


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"review_from": 3}, "review_from"),
        ({"review_from": "0.03"}, "review_from"),
        ({"corroboration": "two"}, "corroboration"),
        ({"review_form": 0.03}, "review_form"),
        ({"pictures": {}}, "pictures.second_match_from"),
        ({"authorisation_weights": {"gated": 0.9}}, "authorisation_weights.monitored"),
        ({"rules": [rule(verdict="remove")]}, "rules.0.verdict"),
        ({"rules": [rule(state="on")]}, "rules.0.state"),
        ({"rules": [rule() | {"needs": []}]}, "rules.0.needs"),
        ({"rules": [rule({"kind": "permit"})]}, "rules.0.needs.0.at_least"),
        ({"rules": [rule(), rule()]}, "rules"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(change, place) -> None:
    with pytest.raises(ValidationError) as caught:
        read_section(ScreeningSection, POLICY["screening"] | change)
    assert place in {".".join(map(str, error["loc"])) for error in caught.value.errors()}


@pytest.mark.parametrize(
    ("need", "fault"),
    [
        ({"kind": "permmit", "at_least": 1.0}, "no check finds the kind permmit"),
        (PERMIT | {"colour": ["red"]}, "the evidence of permit has no colour"),
    ],
)
def test_a_rule_names_what_some_check_finds(need, fault) -> None:
    with pytest.raises(ValidationError, match=fault):
        read_section(ScreeningSection, POLICY["screening"] | {"rules": [rule(need)]})


def test_a_policy_published_before_a_check_went_is_still_read() -> None:
    gone = json.dumps(POLICY["screening"] | {"rules": [rule({"kind": "logo", "at_least": 0.5})]})
    assert ScreeningSection.model_validate_json(gone, strict=True).rules[0].needs[0].kind == "logo"


def test_permits_name_papers_that_there_are() -> None:
    with pytest.raises(ValidationError):
        Policy.read("2026-01", POLICY | {"permits": {"toys": ["PAPER"]}})
