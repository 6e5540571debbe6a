"""Each preset is the ladder that its marketplace has published."""

import tomllib
from datetime import timedelta
from typing import Any

import pytest

from enforcement.sanctions.rules.policy import Ladder
from enforcement.sanctions.rules.severities import COUNTED_SEVERITIES
from klean.core.policy.rules.sections import read_section
from klean.core.policy.texts import checked_section
from tests.enforcement.ladders import ALIEXPRESS, DAY, NOON, POLICY, PRESETS, ledger, preset_table, sanctions


@pytest.mark.parametrize("path", [*PRESETS, POLICY / "2026-01.toml"], ids=lambda path: path.stem)
def test_every_published_ladder_is_sound(path):
    assert checked_section(Ladder, path.read_text()).tracks


def test_the_policy_in_force_holds_the_aliexpress_preset():
    assert tomllib.loads((POLICY / "2026-01.toml").read_text())["ladder"] == ALIEXPRESS


GRAVE = ("deposit", "sister_stores_restricted", "no_new_store")
LAST = ("funds_frozen", "sister_stores_closed", "no_new_store")


@pytest.mark.parametrize(
    ("points", "rung", "days", "measures"),
    [
        (2, "WARNING", None, ()),
        (6, "RESTRICTION", 3, ()),
        (12, "SUSPENSION", 7, ()),
        (24, "SUSPENSION", 14, GRAVE),
        (36, "SUSPENSION", 30, GRAVE),
        (48, "CLOSURE", None, LAST),
    ],
)
def test_aliexpress_general_thresholds(points, rung, days, measures):
    reached = ledger(*[("PROHIBITED", DAY * day) for day in range(points // 2)])[-1]

    assert (reached.total, *vars_of(reached.step)) == (points, rung, days, measures)


@pytest.mark.parametrize(
    ("strike", "rung", "days", "measures"),
    [(1, "SUSPENSION", 1, ()), (2, "SUSPENSION", 7, GRAVE), (3, "CLOSURE", None, LAST)],
)
def test_aliexpress_serious_strikes_freeze_longer_and_then_close(strike, rung, days, measures):
    reached = ledger(*[("SERIOUS", DAY * 10 * place) for place in range(strike)])[-1]

    assert (reached.total, *vars_of(reached.step)) == (strike, rung, days, measures)


def test_aliexpress_an_extreme_first_violation_closes():
    assert sanctions(ledger(("EXTREME", DAY))) == [("CLOSURE", None)]


@pytest.mark.parametrize(("points", "days"), [(12, 7), (24, 14), (36, 30)])
def test_aliexpress_transaction_thresholds(points, days):
    assert sanctions(ledger(*[("TRANSACTION", DAY * day) for day in range(points // 12)]))[-1] == (
        "SUSPENSION",
        days,
    )


def test_aliexpress_transaction_closes_at_48():
    assert sanctions(ledger(*[("TRANSACTION", DAY * day) for day in range(4)]))[-1] == ("CLOSURE", None)


def test_aliexpress_quality_suspends_at_each_twelve():
    assert sanctions(ledger(*[("QUALITY", DAY * day) for day in range(5)])) == [("SUSPENSION", 7)] * 5


def vars_of(step: Any) -> tuple[str, int | None, tuple[str, ...]]:
    return step.rung, step.days, step.measures


def climb(preset: str, severity: str, count: int) -> list[Any]:
    return ledger(
        *[(severity, DAY * day) for day in range(count)], ladder=read_section(Ladder, preset_table(preset))
    )


@pytest.mark.parametrize(
    ("points", "rung", "days", "measures"),
    [
        (12, "RESTRICTION", 7, ("no_new_goods",)),
        (24, "RESTRICTION", 14, ("no_new_goods", "hidden_from_search")),
        (36, "SUSPENSION", 21, ()),
        (48, "CLOSURE", None, ("funds_frozen",)),
    ],
)
def test_lazada_thresholds(points, rung, days, measures):
    reached = climb("lazada", "SERIOUS", points // 12)[-1]

    assert (reached.total, *vars_of(reached.step)) == (points, rung, days, measures)


@pytest.mark.parametrize(
    ("points", "rung", "days", "measures"),
    [
        (8, "WARNING", None, ()),
        (12, "RESTRICTION", 7, ("limited_campaigns",)),
        (32, "WARNING", None, ()),
        (36, "SUSPENSION", 28, ("no_benefits",)),
        (44, "WARNING", None, ()),
        (48, "CLOSURE", None, ()),
    ],
)
def test_tiktok_shop_milestones_each_with_its_warning_five_points_before(points, rung, days, measures):
    reached = climb("tiktok-shop", "GENERAL", points // 4)[-1]

    assert (reached.total, *vars_of(reached.step)) == (points, rung, days, measures)
    warned = [
        step.reached for step in read_section(Ladder, preset_table("tiktok-shop")).tracks["points"].steps
    ]
    assert warned == [7, 12, 31, 36, 43, 48]


@pytest.mark.parametrize(("severity", "points"), [("GENERAL", 4), ("EXTREME", 48)])
def test_tiktok_shop_counterfeits_cost_4_to_48_points(severity, points):
    assert climb("tiktok-shop", severity, 1)[-1].counted == points


@pytest.mark.parametrize(("preset", "days"), [("lazada", 365), ("tiktok-shop", 90), ("three-strikes", 365)])
def test_points_live_as_long_as_each_marketplace_says(preset, days):
    assert climb(preset, "GENERAL", 1)[0].expires_at == NOON + DAY * days


@pytest.mark.parametrize("path", PRESETS, ids=lambda path: path.stem)
def test_every_rung_of_every_preset_can_be_reached_by_deciding(path):
    ladder = checked_section(Ladder, path.read_text())
    assert set(ladder.severities) <= set(COUNTED_SEVERITIES)
    reached = {
        (entry.track, entry.step)
        for severity in ladder.severities
        for entry in climb(path.stem, severity, 30)
        if entry.step
    }

    assert reached == {(name, step) for name, track in ladder.tracks.items() for step in track.steps}


def test_three_strikes_climb_on_one_day():
    entries = ledger(
        *[("SERIOUS", timedelta(minutes=m)) for m in range(3)],
        ladder=read_section(Ladder, preset_table("three-strikes")),
    )

    assert sanctions(entries) == [("WARNING", None), ("SUSPENSION", 30), ("CLOSURE", None)]
