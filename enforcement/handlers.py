"""Every way a case can begin."""

from enforcement.actions.alarms import answer_alarm
from enforcement.actions.cases import DESK, Target, join_evidence, take_up_notice
from enforcement.models import Source
from klean.core.events import on
from klean.core.models import Event
from listings.facts import ListingFlagged, ListingHeld
from listings.models import Listing
from mystery_shop.facts import VerdictGiven
from reports.actions.claims import approve_held_claims
from reports.facts.alarms import ClaimsAlarmed
from reports.facts.claims import ClaimRefunded, ParcelExamined
from reports.facts.counters import (
    CounterAccepted,
    CounterAnswered,
    CounterForfeited,
    CounterRejected,
)
from reports.facts.notices import NoticeFiled
from reports.models import Notice
from sellers.facts import AuthorisationForged

ALARM_SCORE = 0.9
PROVEN = "시험구매 감정에서 위조 상품으로 확인되었습니다. / A test purchase was found to be counterfeit."
INFRINGING_FINDINGS = {"COUNTERFEIT", "NOT_AS_DESCRIBED"}


@on(NoticeFiled)
def a_notice_was_filed(event: Event) -> None:
    take_up_notice(Notice.objects.get(pk=event.data["notice_id"]), event=event, at=event.at)


@on(ListingFlagged)
def screening_flagged_a_listing(event: Event) -> None:
    _ask_about(event, Source.SCREENING, score=event.data["score"])


@on(ListingHeld)
def screening_could_not_read_a_listing(event: Event) -> None:
    _ask_about(event, Source.SCREENING)


@on(ClaimRefunded)
def a_buyer_was_refunded(event: Event) -> None:
    _ask_about(event, Source.REFUND_CLAIM, amount=event.data["amount"] or 0)


@on(ClaimsAlarmed)
def too_many_buyers_claimed(event: Event) -> None:
    answer_alarm(
        event.data["seller_id"], event.data["listing_id"], event=event, score=ALARM_SCORE, at=event.at
    )


@on(ParcelExamined)
def a_returned_parcel_was_examined(event: Event) -> None:
    if event.data["finding"] in INFRINGING_FINDINGS:
        _ask_about(event, Source.REFUND_CLAIM, score=1.0, amount=event.data["amount"] or 0)


@on(CounterAnswered, CounterAccepted, CounterRejected, CounterForfeited)
def the_counter_notice_round_moved(event: Event) -> None:
    _ask_about(event, Source.RIGHTS_HOLDER)


@on(AuthorisationForged)
def a_document_was_forged(event: Event) -> None:
    join_evidence([Target(event.data["seller_id"])], event=event, source=Source.FORGERY, at=event.at)


@on(VerdictGiven)
def a_test_purchase_was_examined(event: Event) -> None:
    if event.data["is_usable"] and event.data["finding"] in INFRINGING_FINDINGS:
        _ask_about(event, Source.MYSTERY_SHOP, score=1.0)


@on(VerdictGiven)
def a_verdict_settled_what_buyers_wait_for(event: Event) -> None:
    if event.data["is_usable"] and event.data["finding"] == "COUNTERFEIT":
        listing = Listing.objects.get(pk=event.data["listing_id"])
        approve_held_claims(listing, PROVEN, at=event.at, actor=DESK)


def _ask_about(event: Event, source: Source, *, score: float = 0.0, amount: int = 0) -> None:
    target = Target(event.data["seller_id"], event.data["listing_id"])
    join_evidence([target], event=event, source=source, score=score, amount=amount, at=event.at)
