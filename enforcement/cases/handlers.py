"""Every way a case can begin."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext_lazy

from enforcement.cases.actions.alarms import respond_to_alarm
from enforcement.cases.actions.cases import NewEvidence, Target, open_cases_of_notice, open_or_join_cases
from enforcement.cases.models import Source
from klean.core.events.actors import Actor
from klean.core.events.models import Event
from klean.core.events.subscriptions import on
from klean.core.rows.texts import in_each_language
from listings.facts import ListingFlagged, ListingHeldForReview
from listings.models import Listing
from mystery_shop.facts import VerdictGiven
from refunds.actions.approvals import approve_held_claims
from refunds.facts.alarms import ClaimSurgeDetected
from refunds.facts.claims import ClaimRefunded, ParcelExamined
from reports.facts.counters import (
    AboutCounterNotice,
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
PROVEN = gettext_lazy("A test purchase was found to be counterfeit.")
INFRINGING_FINDINGS = {"COUNTERFEIT", "NOT_AS_DESCRIBED"}


@on(NoticeFiled)
def a_notice_was_filed(fact: NoticeFiled, event: Event) -> None:
    open_cases_of_notice(Notice.objects.get(pk=fact.notice_id), event=event, at=event.at, actor=DESK)


@on(ListingFlagged, in_batches_of=200)
def screening_flagged_listings(flagged: Sequence[tuple[ListingFlagged, Event]]) -> None:
    _open_or_join(
        NewEvidence(Target(fact.seller_id, fact.listing_id), event, Source.SCREENING, fact.score)
        for fact, event in flagged
    )


@on(ListingHeldForReview, in_batches_of=200)
def screening_could_not_read_listings(unread: Sequence[tuple[ListingHeldForReview, Event]]) -> None:
    _open_or_join(
        NewEvidence(Target(fact.seller_id, fact.listing_id), event, Source.SCREENING)
        for fact, event in unread
    )


@on(ClaimRefunded, in_batches_of=200)
def buyers_were_refunded(refunded: Sequence[tuple[ClaimRefunded, Event]]) -> None:
    _open_or_join(
        NewEvidence(
            Target(fact.seller_id, fact.listing_id), event, Source.REFUND_CLAIM, amount=fact.amount or 0
        )
        for fact, event in refunded
    )


@on(ClaimSurgeDetected)
def too_many_buyers_claimed(fact: ClaimSurgeDetected, event: Event) -> None:
    respond_to_alarm(fact.seller_id, fact.listing_id, event=event, score=ALARM_SCORE, at=event.at, actor=DESK)


@on(ParcelExamined)
def a_returned_parcel_was_examined(fact: ParcelExamined, event: Event) -> None:
    if fact.finding in INFRINGING_FINDINGS:
        target = Target(fact.seller_id, fact.listing_id)
        _open_or_join([NewEvidence(target, event, Source.REFUND_CLAIM, 1.0, fact.amount or 0)])


@on(CounterNoticeSubmitted, CounterNoticeAccepted, CounterNoticeRejected, CounterNoticeForfeited)
def the_counter_notice_round_moved(fact: AboutCounterNotice, event: Event) -> None:
    _open_or_join([NewEvidence(Target(fact.seller_id, fact.listing_id), event, Source.RIGHTS_HOLDER)])


@on(AuthorisationFoundForged)
def a_document_was_forged(fact: AuthorisationFoundForged, event: Event) -> None:
    _open_or_join([NewEvidence(Target(fact.seller_id), event, Source.FORGERY)])


@on(VerdictGiven)
def a_test_purchase_was_examined(fact: VerdictGiven, event: Event) -> None:
    if fact.is_usable and fact.finding in INFRINGING_FINDINGS:
        target = Target(fact.seller_id, fact.listing_id)
        _open_or_join([NewEvidence(target, event, Source.MYSTERY_SHOP, 1.0)])


@on(VerdictGiven)
def a_verdict_settled_what_buyers_wait_for(fact: VerdictGiven, event: Event) -> None:
    if fact.is_usable and fact.finding == "COUNTERFEIT":
        listing = Listing.objects.get(pk=fact.listing_id)
        approve_held_claims(listing, in_each_language(lambda: PROVEN), at=event.at, actor=DESK)


def _open_or_join(evidence: Iterable[NewEvidence]) -> None:
    new = list(evidence)
    open_or_join_cases(new, at=max(one.event.at for one in new), actor=DESK)
