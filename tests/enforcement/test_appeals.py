"""Appeals: once, in time, heard by another; overturning restores everything, and only what fell."""

from datetime import timedelta

import pytest
from django.utils import timezone

from enforcement.appeals.actions.appeals import assign_appeal, overturn_appeal, uphold_appeal
from enforcement.appeals.models import Appeal
from enforcement.cases.actions.assignments import assign_case
from enforcement.decisions.models import Decision, Statement
from enforcement.sanctions.models import Sanction, Violation
from enforcement.sanctions.queries.ledgers import standing_of
from klean.core.events.actors import person as acting
from klean.core.events.models import Event
from klean.core.mail.models import Mail
from klean.core.rows.refusals import Conflict, Refused
from listings.models import Listing
from reports.actions.notices import Notifier, file_notice
from reports.models.notices import Notice, NoticeItem
from sellers.models import Seller
from tests.fixtures import NOON, TESTER
from tests.make.brands import ip_right
from tests.make.enforcement import appeal, case, decide, decision, live_listing
from tests.make.sellers import seller

pytestmark = pytest.mark.usefixtures("policy")
DAY = timedelta(days=1)
WORDS = "The invoices are sound."


@pytest.fixture
def senior(person):
    return person("senior")


def overturn(made: Decision, senior, *, at=NOON + DAY) -> Appeal:
    filed = assign_appeal(appeal(made), senior, at=at, actor=TESTER)
    return overturn_appeal(filed, reasons=WORDS, at=at, actor=acting(senior.pk))


@pytest.mark.parametrize("severity", ["ADVICE", "GENERAL", "SERIOUS", "EXTREME"])
def test_overturning_restores_listing_points_and_standing(severity, senior):
    overturn(decision(severity), senior)

    assert Listing.objects.get().state == Listing.State.LIVE
    assert Seller.objects.get().standing == Seller.Standing.ACTIVE
    assert not Violation.objects.filter(voided_at=None).exists()
    assert not Sanction.objects.filter(lifted_at=None).exclude(lapsed_at__lte=NOON + DAY).exists()
    assert Decision.objects.get().ended_at == NOON + DAY
    assert Statement.objects.order_by("pk").last().kind == Statement.Kind.CORRECTION


def test_the_ledger_of_a_day_before_the_decision_fell_shows_what_stood_then(senior):
    shop = seller()
    overturn(decision("SERIOUS", about=live_listing(by=shop)), senior, at=NOON + timedelta(hours=9))

    before, after = (standing_of(shop, at=NOON + timedelta(hours=hours)) for hours in (8, 10))

    states = [(found.standing, max(row.total for row in found.outlooks)) for found in (before, after)]
    assert states == [("SUSPENDED", 1), ("ACTIVE", 0)]


@pytest.mark.parametrize("severity", ["ADVICE", "GENERAL", "SERIOUS", "EXTREME"])
def test_upholding_leaves_everything_as_it_was(severity, senior):
    made = decision(severity)
    before = (Listing.objects.get().state, Seller.objects.get().standing, Sanction.objects.count())
    filed = assign_appeal(appeal(made), senior, at=NOON, actor=TESTER)
    uphold_appeal(filed, reasons=WORDS, at=NOON, actor=acting(senior.pk))

    assert (Listing.objects.get().state, Seller.objects.get().standing, Sanction.objects.count()) == before
    assert Statement.objects.count() == 1
    assert Appeal.objects.get().state == Appeal.State.UPHELD


def test_overturning_the_first_of_two_strikes_turns_the_second_into_the_first(senior):
    shop = seller()
    first = decision("SERIOUS", about=live_listing("l-1", by=shop), at=NOON)
    decision("SERIOUS", about=live_listing("l-2", by=shop), at=NOON + DAY * 10)
    assert (
        Sanction.objects.get(violation__decision__case__listing__external_id="l-2").ends_at == NOON + DAY * 17
    )

    overturn(first, senior, at=NOON + DAY * 10)

    standing = Sanction.objects.get(lifted_at=None)
    assert (standing.rung, standing.ends_at) == ("SUSPENSION", NOON + DAY * 11)
    assert Violation.objects.get(voided_at=None).total == 1
    assert Listing.objects.get(external_id="l-2").state == Listing.State.REMOVED


def test_what_the_fallen_decision_had_bundled_away_counts_again(senior):
    shop = seller()
    first = decision("SERIOUS", about=live_listing("l-1", by=shop), at=NOON)
    decision("SERIOUS", about=live_listing("l-2", by=shop), at=NOON + DAY)
    assert Violation.objects.order_by("pk").last().counted == 0

    overturn(first, senior, at=NOON + DAY)

    assert Violation.objects.get(voided_at=None).counted == 1
    assert Sanction.objects.get(lifted_at=None, lapsed_at=None).ends_at == NOON + DAY * 2
    assert Seller.objects.get().standing == Seller.Standing.SUSPENDED


def test_a_listing_that_another_decision_speaks_against_stays_off(senior):
    listing = live_listing()
    mark, design = ip_right(number="40-1234567"), ip_right(number="30-7654321", kind="DESIGN")
    first, second = case(listing, right=mark), case(listing, right=design)
    first = decide(first)
    decide(second, "GENERAL")

    overturn(first, senior)

    assert Listing.objects.get().state == Listing.State.REMOVED
    assert "stays removed" in Statement.objects.order_by("pk").last().texts["en"]


def test_reporters_are_told_that_the_decision_fell(senior, deliver_events):
    listing = live_listing()
    notifier = Notifier(
        type=Notice.NotifierType.CONSUMER, key="buyer", language="en", email="buyer@test.klean"
    )
    file_notice([listing], notifier, reason="COUNTERFEIT", explanation="A fake.", at=NOON, actor=TESTER)
    deliver_events()
    asked = listing.cases.get()
    made = decide(asked)
    assert NoticeItem.objects.get().outcome == "UPHELD"

    overturn(made, senior)

    assert NoticeItem.objects.get().outcome == "DISMISSED"
    assert [mail.template for mail in Mail.objects.order_by("pk")] == [
        "mail/reports/notice_acknowledged.txt",
        "mail/reports/notice_decided.txt",
        "mail/reports/notice_corrected.txt",
    ]


@pytest.mark.parametrize("part", ["decided", "claimed"])
def test_nobody_hears_an_appeal_in_a_case_they_had_a_part_in(part, senior, person):
    asked = case()
    if part == "claimed":
        assign_case(asked, senior, at=NOON - DAY, actor=acting(senior.pk))
    judge = senior if part == "decided" else person("moderator")
    filed = appeal(decide(asked, by=acting(judge.pk)))

    with pytest.raises(Refused, match="worked on this case"):
        assign_appeal(filed, senior, at=NOON, actor=TESTER)

    assert Appeal.objects.get().state == Appeal.State.SUBMITTED
    assert Listing.objects.get().state == Listing.State.REMOVED


def test_an_appeal_is_decided_only_by_the_one_who_hears_it(senior, person):
    filed = assign_appeal(appeal(decision()), senior, at=NOON, actor=TESTER)
    other = person("senior", name="other")

    with pytest.raises(Conflict):
        overturn_appeal(filed, reasons=WORDS, at=NOON, actor=acting(other.pk))

    assert Listing.objects.get().state == Listing.State.REMOVED
    assert Appeal.objects.get().state == Appeal.State.ASSIGNED


def test_an_appeal_is_filed_once():
    made = decision()
    appeal(made)
    before = Event.objects.count()

    with pytest.raises(Refused, match="already been appealed"):
        appeal(made)

    assert Appeal.objects.count() == 1
    assert Event.objects.count() == before


@pytest.mark.parametrize(("after", "in_time"), [(DAY * 180 - timedelta(seconds=1), True), (DAY * 180, False)])
def test_the_window_closes_after_180_days(after, in_time):
    made = decision()
    if in_time:
        appeal(made, at=NOON + after)
    else:
        with pytest.raises(Refused, match="180 days"):
            appeal(made, at=NOON + after)

    assert Appeal.objects.exists() == in_time


def test_a_decision_in_the_sellers_favour_has_nothing_to_appeal_against():
    with pytest.raises(Refused, match="cannot be appealed"):
        appeal(decide(case(), outcome="NOT_INFRINGING"))

    assert not Appeal.objects.exists()


def test_the_seller_appeals_on_the_page_and_the_senior_overturns_it(senior, person, browser_of):
    shop = seller(organisation="Moonlight Ltd")
    clerk = browser_of(person("seller", organisation=shop.organisation))
    made = decision(about=live_listing(by=shop), at=timezone.now())
    grounds = "We bought the bags from the brand and have the invoices."

    assert (
        "Statement of reasons"
        in clerk.get(f"/seller/decisions/{made.pk}", headers={"Accept-Language": "en"}).content.decode()
    )
    assert clerk.get("/seller/decisions/").status_code == 200
    assert clerk.post(f"/seller/decisions/{made.pk}/appeals", {"grounds": grounds}).status_code == 302
    desk = browser_of(senior)
    address = f"/desk/appeals/{Appeal.objects.get().pk}"
    assert grounds in desk.get(address).content.decode()
    assert desk.post(f"{address}/assignments").status_code == 302
    assert (
        desk.post(
            f"{address}/outcomes", {"outcome": "OVERTURNED", "reasons": "The invoices are sound."}
        ).status_code
        == 302
    )

    assert Listing.objects.get().state == Listing.State.LIVE
    assert desk.get("/desk/appeals/?view=closed").status_code == 200
    assert clerk.get(f"/seller/decisions/{made.pk}").status_code == 200


def test_another_shop_sees_nothing(person, browser_of):
    made = decision()
    other = seller("s-200", "Sunlight Shop", organisation="Sunlight Ltd")
    stranger = browser_of(person("seller", organisation=other.organisation))

    assert stranger.get(f"/seller/decisions/{made.pk}").status_code == 404
    assert stranger.post(f"/seller/decisions/{made.pk}/appeals", {"grounds": "x" * 40}).status_code == 404
    assert not Appeal.objects.exists()
