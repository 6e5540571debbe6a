"""What becomes of a notice: taken up, refused, withdrawn, answered, and the answer turned round."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from klean.core.events.actors import Actor
from klean.core.events.record import record, record_all
from klean.core.rows.locks import lock_row
from klean.core.rows.refusals import Refused
from listings.models import Listing
from reports.actions.mails import mail_notifiers
from reports.facts.notices import (
    NoticeAdmitted,
    NoticeAnswerCorrected,
    NoticeAnswered,
    NoticeRefused,
    NoticeWithdrawn,
)
from reports.models.counters import CounterNotice
from reports.models.notices import Notice, NoticeItem

Outcome = NoticeItem.Outcome
FactType = TypeVar("FactType", NoticeAnswered, NoticeAnswerCorrected)


def _lock_notices(items: QuerySet[NoticeItem]) -> list[Notice]:
    """The notices of these items, held in one order, so that decisions side by side see each other's answers."""
    notices = Notice.objects.select_for_update(of=("self",)).filter(pk__in=items.values("notice"))
    return list(notices.select_related("reporter").order_by("pk"))


def _items_of(notices: Iterable[Notice], **wanted: Any) -> list[tuple[Notice, list[NoticeItem]]]:
    """Each notice with those of its items, read together."""
    items = NoticeItem.objects.filter(notice__in=notices, **wanted).select_related("listing").order_by("pk")
    found = defaultdict(list)
    for item in items:
        found[item.notice_id].append(item)
    return [(notice, found[notice.pk]) for notice in notices]


def _end_counters(items: QuerySet[NoticeItem]) -> None:
    """Nobody is asked any more about items that are being answered."""
    rows = CounterNotice.objects.select_for_update(of=("self",)).filter(
        item__in=items.values("pk"), state__in=CounterNotice.RUNNING
    )
    running = list(rows.order_by("pk"))
    if not running:
        return
    CounterNotice.step_all(running, CounterNotice.State.RULED)
    CounterNotice.objects.filter(pk__in=[one.pk for one in running]).update(due_at=None)


@transaction.atomic
def admit_notice(notice: Notice, *, at: datetime, actor: Actor) -> None:
    """A case has taken the notice up; saying so again says nothing."""
    notice = lock_row(Notice, notice.pk)
    if notice.state == Notice.State.ACKNOWLEDGED:
        notice.step(Notice.State.ADMITTED)
        record(NoticeAdmitted(notice_id=notice.pk), about=notice, at=at, actor=actor)


@transaction.atomic
def refuse_notice(notice: Notice, because: str, *, at: datetime, actor: Actor) -> None:
    """The notice cannot be taken up; its notifier is told why and how to mend it."""
    if not because.strip():
        raise Refused(_("Give the reason, and what the reporter can do about it."), code="reasons_missing")
    notice = lock_row(Notice, notice.pk)
    notice.step(Notice.State.INADMISSIBLE, inadmissible_because=because)
    _end_counters(notice.items.filter(outcome=""))
    notice.items.filter(outcome="").update(outcome=Outcome.INADMISSIBLE, answered_at=at)
    record(NoticeRefused(notice_id=notice.pk), about=notice, at=at, actor=actor)
    mail_notifiers(_items_of([notice]), "refused", at=at)


@transaction.atomic
def withdraw_notice(notice: Notice, *, at: datetime, actor: Actor) -> None:
    """The notifier takes the notice back, for the listings that nobody has decided on yet."""
    notice = lock_row(Notice, notice.pk)
    notice.step(Notice.State.WITHDRAWN)
    open_items = list(notice.items.filter(outcome="").select_related("listing").order_by("pk"))
    _end_counters(notice.items.filter(outcome=""))
    notice.items.filter(outcome="").update(outcome=Outcome.WITHDRAWN, answered_at=at)
    fact = NoticeWithdrawn(
        notice_id=notice.pk,
        listings=[item.listing.external_id for item in open_items],
        listing_ids=[item.listing_id for item in open_items],
    )
    record(fact, about=notice, at=at, actor=actor)


@transaction.atomic
def close_notices(listing: Listing, upheld: bool, *, at: datetime, actor: Actor) -> int:
    """Answer every open report on the listing; a notifier hears once all of their notice is answered."""
    open_items = NoticeItem.objects.filter(listing=listing, outcome="")
    return answer_items(
        listing, open_items, Outcome.UPHELD if upheld else Outcome.DISMISSED, at=at, actor=actor
    )


def answer_items(
    listing: Listing, open_items: QuerySet[NoticeItem], outcome: Outcome, *, at: datetime, actor: Actor
) -> int:
    """Answer these open items of the listing; a notifier hears once all of their notice is answered."""
    notices = _lock_notices(open_items)
    _end_counters(open_items.filter(notice__in=notices))
    open_items.filter(notice__in=notices).update(outcome=outcome, answered_at=at)
    record_all(
        [(_answer_fact(NoticeAnswered, notice, listing, outcome), notice) for notice in notices],
        at=at,
        actor=actor,
    )
    waiting = set(
        NoticeItem.objects.filter(notice__in=notices, outcome="").values_list("notice_id", flat=True)
    )
    concluded = [notice for notice in notices if notice.pk not in waiting]
    Notice.step_all(concluded, Notice.State.DECIDED)
    mail_notifiers(_items_of(concluded), "decided", at=at)
    return len(notices)


@transaction.atomic
def reopen_notices(listing: Listing, upheld: bool = False, *, at: datetime, actor: Actor) -> int:
    """Another decision holds about the listing now: whoever was told the opposite is told that it fell."""
    outcome, opposite = (Outcome.UPHELD, Outcome.DISMISSED) if upheld else (Outcome.DISMISSED, Outcome.UPHELD)
    answered = NoticeItem.objects.filter(listing=listing, outcome=opposite)
    notices = _lock_notices(answered)
    answered.filter(notice__in=notices).update(outcome=outcome, corrected_at=at)
    record_all(
        [(_answer_fact(NoticeAnswerCorrected, notice, listing, outcome), notice) for notice in notices],
        at=at,
        actor=actor,
    )
    once_more = f":{listing.pk}:{at.timestamp():.6f}"
    mail_notifiers(_items_of(notices, listing=listing), "corrected", at=at, once_more=once_more)
    return len(notices)


def _answer_fact(fact: type[FactType], notice: Notice, listing: Listing, outcome: str) -> FactType:
    return fact(notice_id=notice.pk, listing=listing.external_id, listing_id=listing.pk, outcome=outcome)
