"""Every way a case can begin."""

from enforcement.cases.actions.alarms import respond_to_alarm
from enforcement.cases.actions.cases import Target, open_cases_of_notice, open_or_join_cases
from enforcement.cases.models import Source
from klean.core.events.actors import Actor
from klean.core.events.models import Event
from klean.core.events.subscriptions import on
from listings.facts import ListingFlagged, ListingHeldForReview
from listings.models import Listing
from mystery_shop.facts import VerdictGiven
from refunds.actions.claims import approve_held_claims
from refunds.facts.alarms import ClaimSurgeDetected
from refunds.facts.claims import ClaimRefunded, ParcelExamined
from reports.facts.counters import (
    CounterNoticeAccepted,
    CounterNoticeForfeited,
    CounterNoticeRejected,
    CounterNoticeSubmitted,
)
from reports.facts.notices import NoticeFiled
from reports.models.notices import Notice
from sellers.facts import AuthorisationFoundForged

DESK = Actor("system", "desk")
ALARM_SCORE = 0.9
PROVEN = "시험구매 감정에서 위조 상품으로 확인되었습니다. / A test purchase was found to be counterfeit."
INFRINGING_FINDINGS = {"COUNTERFEIT", "NOT_AS_DESCRIBED"}


@on(NoticeFiled)
def a_notice_was_filed(event: Event) -> None:
    open_cases_of_notice(Notice.objects.get(pk=event.data["notice_id"]), event=event, at=event.at, actor=DESK)


@on(ListingFlagged)
def screening_flagged_a_listing(event: Event) -> None:
    _open_or_join(event, Source.SCREENING, score=event.data["score"])


@on(ListingHeldForReview)
def screening_could_not_read_a_listing(event: Event) -> None:
    _open_or_join(event, Source.SCREENING)


@on(ClaimRefunded)
def a_buyer_was_refunded(event: Event) -> None:
    _open_or_join(event, Source.REFUND_CLAIM, amount=event.data["amount"] or 0)


@on(ClaimSurgeDetected)
def too_many_buyers_claimed(event: Event) -> None:
    respond_to_alarm(
        event.data["seller_id"],
        event.data["listing_id"],
        event=event,
        score=ALARM_SCORE,
        at=event.at,
        actor=DESK,
    )


@on(ParcelExamined)
def a_returned_parcel_was_examined(event: Event) -> None:
    if event.data["finding"] in INFRINGING_FINDINGS:
        _open_or_join(event, Source.REFUND_CLAIM, score=1.0, amount=event.data["amount"] or 0)


@on(CounterNoticeSubmitted, CounterNoticeAccepted, CounterNoticeRejected, CounterNoticeForfeited)
def the_counter_notice_round_moved(event: Event) -> None:
    _open_or_join(event, Source.RIGHTS_HOLDER)


@on(AuthorisationFoundForged)
def a_document_was_forged(event: Event) -> None:
    open_or_join_cases(
        [Target(event.data["seller_id"])], event=event, source=Source.FORGERY, at=event.at, actor=DESK
    )


@on(VerdictGiven)
def a_test_purchase_was_examined(event: Event) -> None:
    if event.data["is_usable"] and event.data["finding"] in INFRINGING_FINDINGS:
        _open_or_join(event, Source.MYSTERY_SHOP, score=1.0)


@on(VerdictGiven)
def a_verdict_settled_what_buyers_wait_for(event: Event) -> None:
    if event.data["is_usable"] and event.data["finding"] == "COUNTERFEIT":
        listing = Listing.objects.get(pk=event.data["listing_id"])
        approve_held_claims(listing, PROVEN, at=event.at, actor=DESK)


def _open_or_join(event: Event, source: Source, *, score: float = 0.0, amount: int = 0) -> None:
    target = Target(event.data["seller_id"], event.data["listing_id"])
    open_or_join_cases(
        [target], event=event, source=source, score=score, amount=amount, at=event.at, actor=DESK
    )
