"""Sanctions begin, run out and are lifted; standing always follows from those that live."""

from datetime import timedelta

import pytest

from enforcement.sanctions.actions.sanctions import lift_sanction, settle_due_standings
from enforcement.sanctions.models import Sanction, StandingClock, Violation
from klean.core.events.models import Event
from klean.core.rows.refusals import Refused
from sellers.models import Seller
from tests.fixtures import NOON, TESTER
from tests.make.enforcement import decision, live_listing
from tests.make.sellers import seller

pytestmark = pytest.mark.usefixtures("policy")
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


def standing() -> str:
    return Seller.objects.get().standing


def test_a_suspension_ends_by_itself_and_not_a_second_early():
    decision("SERIOUS")

    settle_due_standings(at=NOON + DAY - SECOND)
    assert standing() == Seller.Standing.SUSPENDED
    settle_due_standings(at=NOON + DAY)

    assert standing() == Seller.Standing.ACTIVE
    assert Sanction.objects.get().lapsed_at == NOON + DAY
    assert Event.objects.filter(name="enforcement.sanction.expired").count() == 1
    assert StandingClock.objects.get().due_at is None


def test_what_ran_out_while_nothing_ran_lapses_at_its_own_time():
    decision("SERIOUS")

    settle_due_standings(at=NOON + DAY * 30)
    settle_due_standings(at=NOON + DAY * 31)

    assert Sanction.objects.get().lapsed_at == NOON + DAY
    assert Event.objects.filter(name="enforcement.sanction.expired").count() == 1


def test_a_milder_sanction_shows_again_when_the_graver_has_run_out():
    shop = seller()
    for day in range(2):
        decision("GENERAL", about=live_listing(f"g-{day}", by=shop), at=NOON + DAY * day)
    decision("SERIOUS", about=live_listing("s-1", by=shop), at=NOON + DAY)

    assert standing() == Seller.Standing.SUSPENDED
    settle_due_standings(at=NOON + DAY * 2)
    assert standing() == Seller.Standing.RESTRICTED
    settle_due_standings(at=NOON + DAY * 4)
    assert standing() == Seller.Standing.ACTIVE


def test_a_closure_never_ends():
    decision("EXTREME")

    settle_due_standings(at=NOON + DAY * 4000)

    assert standing() == Seller.Standing.CLOSED


def test_a_sanction_lifted_by_hand_stays_lifted_and_the_points_stay():
    shop = seller()
    decision("SERIOUS", about=live_listing("l-1", by=shop))
    lift_sanction(Sanction.objects.get(), reasons="Served by mistake.", at=NOON + SECOND, actor=TESTER)

    assert standing() == Seller.Standing.ACTIVE
    decision("GENERAL", about=live_listing("l-2", by=shop), at=NOON + SECOND * 2)

    assert standing() == Seller.Standing.ACTIVE
    assert Violation.objects.get(severity="SERIOUS").counted == 1
    assert Sanction.objects.count() == 1


def test_a_sanction_that_has_ended_cannot_be_lifted():
    decision("SERIOUS")
    settle_due_standings(at=NOON + DAY)
    before = Event.objects.count()

    with pytest.raises(Refused, match="already ended"):
        lift_sanction(Sanction.objects.get(), reasons="Late.", at=NOON + DAY, actor=TESTER)

    assert Sanction.objects.get().lifted_at is None
    assert Event.objects.count() == before
