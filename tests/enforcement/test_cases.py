"""Every way a case begins, and how evidence joins what is already asked."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from enforcement.cases.actions.cases import rank_due_cases
from enforcement.cases.models import Case, Evidence
from enforcement.cases.rules.policy import Cases
from enforcement.cases.rules.priority import Piece, rank
from klean.core.events.models import Event
from klean.core.events.record import record
from klean.core.policy.rules.calendar import Calendar
from listings.actions.stops import remove_listing
from listings.models import Listing
from mystery_shop.facts import VerdictGiven
from refunds.facts.claims import ClaimRefunded
from reports.actions.notices import Notifier, file_notice
from reports.models.notices import Notice, NoticeItem
from sellers.actions.reviews import reject_as_forged, review_authorisation
from tests.fixtures import NOON, TESTER
from tests.make.brands import ip_right
from tests.make.enforcement import case, decide, flag, live_listing
from tests.make.sellers import seller, submission

pytestmark = pytest.mark.usefixtures("policy")
HOUR = timedelta(hours=1)


def report(*listings: Listing, key: str = "buyer", who: str = "CONSUMER") -> Notice:
    by = Notifier(type=Notice.NotifierType(who), key=key, language="en")
    explanation = "The logo on the strap is printed and not stitched, and the serial number repeats."
    also = {"explanation": explanation, "good_faith": True, "right": ip_right()} if who != "CONSUMER" else {}
    return file_notice(listings, by, reason="COUNTERFEIT", at=NOON, actor=TESTER, **also).notice


def test_a_flagged_listing_opens_a_case_that_cites_the_event(deliver_events):
    event = flag(live_listing(), score=0.9)
    deliver_events()

    asked = Case.objects.get()
    assert (asked.source, asked.opened_by) == ("SCREENING", event)
    assert asked.evidence.get().event == event
    assert Event.objects.get(name="enforcement.case.opened").data["listing"] == "l-100"


def test_a_burst_of_flags_opens_one_case_for_each_listing_that_is_left(deliver_events):
    shop = seller()
    listings = [live_listing(f"l-{n}", by=shop) for n in range(3)]
    remove_listing(listings[2], reason="COUNTERFEIT", at=NOON, actor=TESTER)
    first = [flag(listing, score=0.5) for listing in listings]
    second = [flag(listing, score=0.9) for listing in listings]
    deliver_events()

    asked = {found.listing_id: found for found in Case.objects.all()}
    assert set(asked) == {listing.pk for listing in listings[:2]}
    for place in (0, 1):
        found = asked[listings[place].pk]
        assert found.opened_by == first[place]
        assert [piece.event for piece in found.evidence.order_by("pk")] == [first[place], second[place]]
        assert list(
            Event.objects.filter(subject=f"enforcement.case:{found.pk}")
            .order_by("pk")
            .values_list("name", flat=True)
        ) == [
            "enforcement.case.opened",
            "enforcement.evidence.added",
        ]


def test_a_notice_of_three_listings_opens_three_cases_and_is_admitted(deliver_events):
    shop = seller()
    notice = report(*[live_listing(f"l-{n}", by=shop) for n in range(3)])
    deliver_events()

    assert Case.objects.count() == 3
    notice.refresh_from_db()
    assert notice.state == Notice.State.ADMITTED


def test_more_reports_join_the_open_case_and_raise_it(deliver_events):
    listing = live_listing()
    flag(listing, score=0.5)
    deliver_events()
    alone = Case.objects.get().priority
    for buyer in ("one", "two"):
        report(listing, key=buyer)
    deliver_events()

    asked = Case.objects.get()
    assert asked.evidence.count() == 3
    assert asked.source == "CONSUMER"
    assert asked.priority == alone + 5 + 10
    assert Event.objects.filter(name="enforcement.evidence.added").count() == 2


def test_a_rights_holders_notice_names_the_right_of_a_case_that_had_none(deliver_events):
    listing = live_listing()
    flag(listing)
    deliver_events()
    report(listing, key="brand", who="RIGHTS_HOLDER")
    deliver_events()

    asked = Case.objects.get()
    assert asked.right.number == "40-1234567"
    assert asked.source == "RIGHTS_HOLDER"


def test_two_rights_on_one_listing_are_two_cases():
    listing = live_listing()
    case(listing, right=ip_right(number="40-1111111"))
    case(listing, right=ip_right(number="40-2222222"))

    assert Case.objects.count() == 2


def test_a_report_on_a_removed_listing_is_answered_at_once(deliver_events):
    listing = live_listing()
    decide(case(listing))
    notice = report(listing)
    deliver_events()

    assert Case.objects.filter(state__in=Case.PENDING).count() == 0
    assert NoticeItem.objects.get().outcome == "UPHELD"
    notice.refresh_from_db()
    assert notice.state == Notice.State.DECIDED


def test_a_new_fact_after_a_decision_opens_a_new_case():
    listing = live_listing()
    first = case(listing)
    decide(first, outcome="NOT_INFRINGING")

    assert case(listing) != first
    assert Case.objects.count() == 2


def test_a_forged_letter_opens_a_case_about_the_shop(deliver_events):

    asked = review_authorisation(submission(), at=NOON, actor=TESTER)
    reject_as_forged(asked, reasons="The seal is drawn.", at=NOON, actor=TESTER)
    deliver_events()

    found = Case.objects.get()
    assert (found.listing, found.source) == (None, "FORGERY")
    decide(found, "EXTREME")


def test_the_same_event_heard_again_adds_nothing(deliver_events):
    flag(live_listing())
    deliver_events()
    before = Event.objects.count()
    deliver_events()

    assert Evidence.objects.count() == 1
    assert Event.objects.count() == before


def test_the_clock_alone_raises_a_case_and_leaves_a_decided_one():
    waiting, decided = case(live_listing("l-1")), case(live_listing("l-2"))
    decide(decided)
    begun = waiting.priority

    # A holiday's noon: eighteen business hours are all of Tuesday and Wednesday, 54 hours by the clock on the wall.
    assert rank_due_cases(at=NOON + HOUR * 51) == 0
    rank_due_cases(at=NOON + HOUR * 52)
    waiting.refresh_from_db()
    assert waiting.priority == begun + 20
    rank_due_cases(at=NOON + HOUR * 54)

    waiting.refresh_from_db()
    assert waiting.priority == begun + 40
    assert waiting.priority_parts[-1]["code"] == "overdue"
    assert waiting.due_at is None


@pytest.mark.parametrize(
    ("in_business_hours", "opened", "answer_by"),
    [
        (True, "2026-03-02T12:00+09:00", "2026-03-04T18:00+09:00"),
        (True, "2026-02-13T17:00+09:00", "2026-02-20T17:00+09:00"),
        (False, "2026-02-13T17:00+09:00", "2026-02-14T11:00+09:00"),
    ],
)
def test_a_case_counts_the_hours_that_its_policy_counts(policy, in_business_hours, opened, answer_by):
    opened_at = datetime.fromisoformat(opened)
    cases = policy[Cases].model_copy(update={"answers_in_business_hours": in_business_hours})

    ranked = rank([Piece("SCREENING")], cases, policy[Calendar], opened_at=opened_at, at=opened_at)

    assert ranked.answer_by == datetime.fromisoformat(answer_by)


def test_the_parts_of_a_priority_are_told_in_words():
    assert case(score=0.8).priority_words == ["source: screening (+10)", "screening score 0.80 (+24)"]


@pytest.mark.parametrize(
    ("finding", "is_usable", "opens"),
    [
        ("COUNTERFEIT", True, True),
        ("COUNTERFEIT", False, False),
        ("NOT_AS_DESCRIBED", True, True),
        ("GENUINE", True, False),
        ("INCONCLUSIVE", True, False),
    ],
)
def test_only_a_usable_verdict_against_the_listing_opens_a_case(finding, is_usable, opens, deliver_events):
    listing = live_listing()
    fact = VerdictGiven(
        purchase_id=1,
        verdict_id=1,
        finding=finding,
        listing=listing.external_id,
        listing_id=listing.pk,
        seller=listing.seller.external_id,
        seller_id=listing.seller_id,
        is_usable=is_usable,
    )
    record(fact, about=listing, at=timezone.now(), actor=TESTER)
    deliver_events()

    assert Case.objects.filter(source="MYSTERY_SHOP").exists() == opens


@pytest.mark.parametrize(("state", "cases"), [("REMOVED", 0), ("LIVE", 1)])
def test_a_refund_raises_a_case_unless_the_listing_is_gone(state, cases, deliver_events):
    listing = live_listing()
    if state == "REMOVED":
        remove_listing(listing, reason="COUNTERFEIT", at=NOON, actor=TESTER)
    fact = ClaimRefunded(
        claim_id=1,
        listing=listing.external_id,
        listing_id=listing.pk,
        seller=listing.seller.external_id,
        seller_id=listing.seller_id,
        order="o-1",
        amount=1_000_000,
    )
    record(fact, about=listing, at=timezone.now(), actor=TESTER)
    deliver_events()

    assert Case.objects.count() == cases
    assert [case.priority for case in Case.objects.all()] == [20 + 10] * cases
