"""Kinds of violation: one table that every place reads, and that agrees with the models beside it."""

import pytest
from pydantic import ValidationError

from enforcement.decisions.forms import DecisionForm
from enforcement.decisions.models import Decision
from enforcement.decisions.rules.policy import VERDICTS, Decisions
from enforcement.decisions.rules.statements import GROUNDS, ILLEGAL, LAWS
from enforcement.desk.models import CheckAnswer
from enforcement.sanctions.models import Violation
from enforcement.sanctions.queries.words import severity_words
from enforcement.sanctions.rules.severities import KINDS, SEVERITIES, fitting_ground, is_milder
from klean.core.policy.faults import faults_of
from klean.core.policy.rules.sections import read_section, read_stored


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_kind_can_be_stored_and_stands_on_grounds_that_there_are(kind):
    columns = [(Decision, "severity"), (Violation, "severity"), (CheckAnswer, "choice")]

    assert all(len(kind.name) <= model._meta.get_field(name).max_length for model, name in columns)
    assert set(kind.grounds) <= set(Decision.Ground.values)


def test_every_ground_has_its_place_in_the_dsa_database_and_an_illegal_one_its_law():
    assert set(GROUNDS) == set(Decision.Ground.values)
    assert set(LAWS) == {ground for ground, (basis, *_words) in GROUNDS.items() if basis == ILLEGAL}


def test_no_name_is_given_twice_and_each_has_its_button():
    assert len(set(SEVERITIES)) == len(KINDS)
    assert sorted(code for code, _words in DecisionForm.CHOICES) == sorted(VERDICTS)


def test_the_digits_of_the_desk_stay_where_they_are():
    assert [code for code, _words in DecisionForm.CHOICES][:8] == [
        "SERIOUS",
        "GENERAL",
        "ADVICE",
        "NOT_INFRINGING",
        "EXTREME",
        "PROHIBITED",
        "QUALITY",
        "TRANSACTION",
    ]


@pytest.mark.parametrize(
    ("severity", "ground", "fitting"),
    [
        ("SERIOUS", "PATENT", "PATENT"),
        ("QUALITY", "OTHER_TERMS", "OTHER_TERMS"),
        ("QUALITY", "PATENT", "MISLEADING"),
        ("GONE", "PATENT", "PATENT"),
    ],
)
def test_a_ground_that_does_not_fit_gives_way_to_the_usual_one(severity, ground, fitting):
    assert fitting_ground(severity, ground) == fitting


@pytest.mark.parametrize(
    ("severity", "than", "milder"),
    [
        ("ADVICE", "GENERAL", True),
        ("GENERAL", "PROHIBITED", False),
        ("SERIOUS", "EXTREME", True),
        ("GONE", "EXTREME", False),
        ("ADVICE", "GONE", True),
        ("GENERAL", "GONE", False),
    ],
)
def test_kinds_of_one_gravity_are_none_milder_and_an_unknown_one_is_milder_than_nothing(
    severity, than, milder
):
    assert is_milder(severity, than) is milder


def test_a_kind_that_is_gone_goes_by_its_name():
    assert severity_words("OLD_KIND") == "old kind"


def decisions_of(**grant):
    whole = {"queues": [], "decides": [], "orders": [], "emergencies": False}
    return {
        "undo_seconds": 8,
        "emergency_review_hours": 24,
        "second_review_percent": 5,
        "approval": {"rungs": [], "money_from": 1, "authorised_sellers": True},
        "grants": {"moderator": whole | grant, "senior": whole},
    }


def test_a_grant_of_a_kind_that_there_is_not_is_refused_by_name():
    with pytest.raises(ValidationError) as fault:
        read_section(Decisions, decisions_of(decides=["DREADFUL"]))

    (words,) = faults_of(fault.value, below=("decisions",))
    assert words.startswith("decisions.grants.moderator.decides")
    assert all(name in words for name in VERDICTS)


def test_a_published_grant_of_a_kind_that_is_gone_is_read():
    stored = read_stored(Decisions, {"decisions": decisions_of(decides=["GONE", "SERIOUS"])})

    assert "SERIOUS" in stored.grant_of(["moderator"]).decides
