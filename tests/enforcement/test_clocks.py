"""Clocks that jump, stand still, or strike midnight in Seoul: nobody is punished longer, twice, or not at all."""

from datetime import UTC, datetime, timedelta

import pytest

from enforcement.decisions.actions.clock import carry_out_due_decisions
from enforcement.decisions.actions.decisions import issue_decision
from enforcement.decisions.actions.rulings import Ruling
from enforcement.decisions.models import Decision
from enforcement.sanctions.actions.sanctions import settle_due_standings
from enforcement.sanctions.models import Sanction, StandingClock, Violation
from klean.core.events.models import Event
from sellers.models import Seller
from tests.fixtures import NOON
from tests.make.enforcement import MODERATOR, case, decision, live_listing
from tests.make.sellers import seller

pytestmark = pytest.mark.usefixtures("policy")
DAY, HOUR, SECOND = timedelta(days=1), timedelta(hours=1), timedelta(seconds=1)
SUSPENDED, ACTIVE = Seller.Standing.SUSPENDED, Seller.Standing.ACTIVE


def standing() -> str:
    return Seller.objects.get().standing


def lapses() -> int:
    return Event.objects.filter(name="enforcement.sanction.expired").count()


def seoul(text: str) -> datetime:
    return (datetime.fromisoformat(text) - 9 * HOUR).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("first", "second", "counted"),
    [
        ("2026-03-02 23:59:59", "2026-03-03 00:00:00", [6, 6]),
        ("2026-03-02 00:00:00", "2026-03-02 23:59:59", [6, 0]),
        # Nights in which clocks change elsewhere: Korea keeps its time all year.
        ("2026-03-08 01:30:00", "2026-03-08 23:30:00", [6, 0]),
        ("2026-03-29 00:30:00", "2026-03-29 23:59:59", [6, 0]),
        ("2026-10-25 23:30:00", "2026-10-26 00:30:00", [6, 6]),
        ("2026-12-31 23:59:59", "2027-01-01 00:00:00", [6, 6]),
    ],
)
def test_a_day_of_the_cap_ends_at_midnight_in_seoul_all_year(first, second, counted):
    shop = seller()
    decision("GENERAL", about=live_listing("l-0", by=shop), at=seoul(first) - 5 * DAY)
    for place, at in enumerate((first, second)):
        decision("GENERAL", about=live_listing(f"l-{place + 1}", by=shop), at=seoul(at))

    assert list(Violation.objects.order_by("confirmed_at").values_list("counted", flat=True)) == [0, *counted]


def test_downtime_over_start_and_end_shortens_nothing_and_lengthens_nothing():
    ruling = Ruling(outcome="INFRINGING", severity="QUALITY", ground="MISLEADING", reasons="Copied pictures.")
    issue_decision(case(), ruling, effective_at=NOON + HOUR, at=NOON, actor=MODERATOR)
    back = NOON + 3 * DAY

    carry_out_due_decisions(at=back)
    made = Decision.objects.get()
    assert made.state == Decision.State.UNAPPROVED
    assert standing() == ACTIVE

    decision("SERIOUS", about=live_listing("l-2"), at=back)
    settle_due_standings(at=back + 30 * DAY)

    sanction = Sanction.objects.get()
    assert (sanction.starts_at, sanction.ends_at, sanction.lapsed_at) == (back, back + DAY, back + DAY)
    assert (standing(), lapses()) == (ACTIVE, 1)


def test_a_clock_that_was_set_back_lets_a_sanction_begin_again_at_its_own_time():
    shop = seller()
    decision("SERIOUS", about=live_listing("l-1", by=shop), at=NOON + 2 * HOUR)
    assert standing() == SUSPENDED

    decision("GENERAL", about=live_listing("l-2", by=shop), at=NOON)

    assert StandingClock.objects.get().due_at == NOON + 2 * HOUR
    for at, expected in (
        (NOON + 2 * HOUR, SUSPENDED),
        (NOON + 2 * HOUR + DAY - SECOND, SUSPENDED),
        (NOON + 2 * HOUR + DAY, ACTIVE),
    ):
        settle_due_standings(at=at)
        assert standing() == expected
    assert lapses() == 1


def test_a_clock_that_ran_ahead_and_came_back_ends_nothing_twice_and_repeats_no_sanction():
    shop = seller()
    decision("SERIOUS", about=live_listing("l-1", by=shop))
    settle_due_standings(at=NOON + 300 * DAY)
    assert (standing(), lapses()) == (ACTIVE, 1)

    settle_due_standings(at=NOON + HOUR)
    decision("GENERAL", about=live_listing("l-2", by=shop), at=NOON + HOUR)
    settle_due_standings(at=NOON + 2 * DAY)

    assert (standing(), lapses()) == (ACTIVE, 1)
    assert Sanction.objects.count() == 1


def test_one_shop_whose_standing_cannot_be_settled_keeps_no_other_waiting():
    broken, well = seller("s-1"), seller("s-2")
    for shop in (broken, well):
        decision("SERIOUS", about=live_listing(f"l-{shop.pk}", by=shop))
    decision("QUALITY", about=live_listing("l-3", by=broken))
    Sanction.objects.filter(seller=broken, rung="SUSPENSION", violation__severity="QUALITY").update(
        rung="EXILE"
    )

    settle_due_standings(at=NOON + DAY)

    assert Seller.objects.get(pk=well.pk).standing == ACTIVE
    assert Seller.objects.get(pk=broken.pk).standing == SUSPENDED
    clock = StandingClock.objects.get(seller=broken)
    assert "EXILE" in clock.last_error
    Sanction.objects.filter(rung="EXILE").update(rung="SUSPENSION")
    settle_due_standings(at=clock.due_at)
    settle_due_standings(at=NOON + 7 * DAY)
    assert Seller.objects.get(pk=broken.pk).standing == ACTIVE
