"""The ladder as arithmetic: PRODUCT's table of AliExpress row by row, and what a policy may not say."""

from copy import deepcopy
from datetime import timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from enforcement.sanctions.rules.ladder import Past, ledger_of, outlooks, what_if
from enforcement.sanctions.rules.policy import Ladder
from klean.core.policy.faults import faults_of
from klean.core.policy.rules.sections import read_section
from tests.enforcement.ladders import ALIEXPRESS, DAY, NOON, ledger, preset_table, sanctions


def test_the_first_general_violation_is_free_and_each_repeat_costs_six():
    entries = ledger(*[("GENERAL", DAY * day) for day in range(3)])

    assert [(entry.counted, entry.counting) for entry in entries] == [
        (0, "FIRST_FREE"),
        (6, "FULL"),
        (6, "FULL"),
    ]


def test_general_violations_of_one_day_are_capped_at_six():
    hours = [timedelta(hours=hour) for hour in range(4)]
    entries = ledger(*[("GENERAL", hour) for hour in hours])

    assert [entry.counted for entry in entries] == [0, 6, 0, 0]
    assert entries[2].counting == "CAPPED"
    assert entries[-1].total == 6


def test_a_day_begins_at_midnight_in_korea():
    before, after = timedelta(hours=11, minutes=59), timedelta(hours=12, minutes=1)
    entries = ledger(("PROHIBITED", -DAY), ("GENERAL", -DAY), ("GENERAL", before), ("GENERAL", after))

    assert [entry.counted for entry in entries[2:]] == [6, 6]


@pytest.mark.parametrize(("after", "counted"), [(timedelta(days=3, seconds=-1), 0), (timedelta(days=3), 1)])
def test_serious_violations_within_three_days_count_once(after, counted):
    entries = ledger(("SERIOUS", timedelta()), ("SERIOUS", after))

    assert entries[1].counted == counted
    assert sanctions(entries)[1] == (("SUSPENSION", 7) if counted else None)


def test_a_bundle_begins_with_its_first_violation_and_does_not_stretch():
    entries = ledger(("SERIOUS", DAY * 0), ("SERIOUS", DAY * 2), ("SERIOUS", DAY * 4))

    assert [entry.counted for entry in entries] == [1, 0, 1]


def test_a_graver_violation_in_a_bundle_counts_what_it_adds():
    entries = ledger(("SERIOUS", DAY * 0), ("EXTREME", DAY))

    assert [entry.counted for entry in entries] == [1, 2]
    assert sanctions(entries)[1] == ("CLOSURE", None)


@pytest.mark.parametrize(("after", "total"), [(timedelta(days=365, seconds=-1), 4), (timedelta(days=365), 2)])
def test_each_violation_lives_365_days_of_its_own(after, total):
    assert ledger(("PROHIBITED", timedelta()), ("PROHIBITED", after))[1].total == total


def test_tracks_never_mix():
    entries = ledger(("PROHIBITED", DAY), ("SERIOUS", DAY), ("QUALITY", DAY), ("TRANSACTION", DAY))

    assert [entry.total for entry in entries] == [2, 1, 12, 12]


def test_a_threshold_reached_again_after_expiry_sanctions_again():
    entries = ledger(("SERIOUS", timedelta()), ("SERIOUS", DAY * 400))

    assert sanctions(entries) == [("SUSPENSION", 1), ("SUSPENSION", 1)]


def test_more_points_between_two_thresholds_sanction_nothing():
    entries = ledger(("PROHIBITED", DAY * 0), ("PROHIBITED", DAY))

    assert sanctions(entries) == [("WARNING", None), None]


def test_what_comes_next_counts_from_the_live_total():
    ladder = read_section(Ladder, ALIEXPRESS)
    entries = ledger(("PROHIBITED", DAY * 0), ("PROHIBITED", DAY))
    general = {outlook.name: outlook for outlook in outlooks(entries, ladder, at=NOON + DAY * 2)}["general"]

    assert (general.total, general.missing, general.next_step.rung) == (4, 2, "RESTRICTION")
    assert general.next_expiry == NOON + DAY * 365


def test_what_if_tells_what_one_more_would_do():
    pasts = [Past(1, "SERIOUS", NOON, "p")]
    entry = what_if(pasts, {"p": read_section(Ladder, ALIEXPRESS)}, "SERIOUS", policy="p", at=NOON + DAY * 10)

    assert entry.total == 2
    assert (entry.step.rung, entry.step.days) == ("SUSPENSION", 7)


def test_each_violation_is_judged_by_the_policy_it_was_decided_under():
    ladders = {
        "old": read_section(Ladder, preset_table("three-strikes")),
        "new": read_section(Ladder, ALIEXPRESS),
    }
    entries = ledger_of([Past(1, "SERIOUS", NOON, "old"), Past(2, "SERIOUS", NOON + DAY, "new")], ladders)

    assert [(entry.track, entry.step.rung) for entry in entries] == [
        ("strikes", "WARNING"),
        ("serious", "SUSPENSION"),
    ]


def _set(path: str, value: Any) -> dict[str, Any]:
    body = deepcopy(ALIEXPRESS)
    here: Any = body
    *way, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    for part in way:
        here = here[part]
    here[last] = value
    return body


@pytest.mark.parametrize(
    ("path", "value", "named"),
    [
        ("memory_days", 0, "ladder.memory_days"),
        ("zone", "Korea/Nowhere", "ladder.zone"),
        ("sevrities", {}, "ladder.sevrities"),
        ("tracks", {}, "ladder.tracks"),
        ("severities.GENERAL.track", "generel", "ladder.severities.GENERAL.track"),
        ("severities.GENERAL.points", 7, "ladder.severities.GENERAL.points"),
        ("severities.GENERAL.points", -6, "ladder.severities.GENERAL.points"),
        ("tracks.general.steps.1.reached", 2, "ladder.tracks.general.steps[1].reached"),
        ("tracks.general.steps.3.rung", "RESTRICTION", "ladder.tracks.general.steps[3].rung"),
        ("tracks.general.steps.3.days", 5, "ladder.tracks.general.steps[3].days"),
        ("tracks.general.steps.0.days", 5, "ladder.tracks.general.steps[0].days"),
        ("tracks.general.steps.4.rung", "CLOSURE", "ladder.tracks.general.steps[4].days"),
        ("tracks.general.steps.1.rung", "BAN", "ladder.tracks.general.steps[1].rung"),
        ("tracks.general.cap_per_day", "six", "ladder.tracks.general.cap_per_day"),
        ("tracks.serious.unit", "balls", "ladder.tracks.serious.unit"),
        ("tracks.general.repeats", True, "ladder.tracks.general.repeats"),
        ("tracks.general.steps", [], "ladder.tracks.general.steps"),
        ("tracks.general.steps.3.measures", "deposit", "ladder.tracks.general.steps[3].measures"),
        ("tracks.serious.bundle_days", 200, "ladder.tracks.serious.bundle_days"),
    ],
)
def test_a_ladder_that_contradicts_itself_is_refused_by_the_name_of_the_setting(path, value, named):
    with pytest.raises(ValidationError) as fault:
        read_section(Ladder, _set(path, value))

    assert any(text.startswith(named) for text in faults_of(fault.value, below=("ladder",)))
