"""The counter-notice round: the seller is asked, the notifier replies, silence forfeits, the protection team rules."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

from django.conf import settings
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from klean.core.access.models import Role, User
from klean.core.events.actors import Actor
from klean.core.events.record import record, record_all
from klean.core.files.store import keep_file
from klean.core.mail.deliveries import write_mails
from klean.core.mail.models import Mail
from klean.core.operations.due_work import work_off
from klean.core.policy.queries import calendar_at, policy_at
from klean.core.rows.locks import lock_row
from klean.core.rows.refusals import Refused
from reports.actions.answers import answer_items
from reports.facts.counters import (
    AboutCounterNotice,
    CounterNoticeAccepted,
    CounterNoticeForfeited,
    CounterNoticeRejected,
    CounterNoticeRequested,
    CounterNoticeSubmitted,
)
from reports.models.counters import CounterDocument, CounterNotice
from reports.models.notices import Notice, NoticeItem
from reports.rules.policy import Reports

State = CounterNotice.State
FactType = TypeVar("FactType", bound=AboutCounterNotice)
TIMEOUT = timedelta(seconds=2)
ROUND = Actor("system", "counter-notices")


def invite_sellers(notice: Notice, items: Sequence[NoticeItem], *, at: datetime, actor: Actor) -> None:
    """Ask the seller of each listing, where the policy gives this kind of notifier's notices a round."""
    terms = policy_at(at)[Reports].counter
    if notice.notifier_type not in terms.notifiers:
        return
    prefetch_related_objects([item.listing for item in items], "seller")
    until = calendar_at(at).after_days(at, terms.seller_business_days)
    counters = CounterNotice.objects.bulk_create(
        CounterNotice(
            item=item, seller_id=item.listing.seller_id, invited_at=at, answer_by=until, due_at=until
        )
        for item in items
    )
    record_all(
        [(_counter_fact(CounterNoticeRequested, counter), counter) for counter in counters],
        at=at,
        actor=actor,
    )
    _write_to_sellers(notice, counters, at=at)


def _write_to_sellers(notice: Notice, counters: Sequence[CounterNotice], *, at: datetime) -> None:
    """One mail a person and notice; nothing in it tells who reported."""
    by_organisation: dict[int, list[CounterNotice]] = {}
    for counter in counters:
        organisation_id = counter.item.listing.seller.organisation_id
        if organisation_id:
            by_organisation.setdefault(organisation_id, []).append(counter)
    people = User.objects.filter(
        memberships__role=Role.SELLER, memberships__organisation__in=by_organisation, is_active=True
    ).values_list("pk", "email", "language", "memberships__organisation")
    write_mails(
        [
            Mail(
                key=f"counter:{by_organisation[organisation_id][0].pk}:{pk}",
                to=email,
                language=language,
                template="mail/reports/counter_invited.txt",
                due_at=at,
                context={
                    "link": f"{settings.KLEAN_URL}/seller/notices/",
                    "titles": [one.item.listing.title for one in by_organisation[organisation_id][:30]],
                    "count": len(by_organisation[organisation_id]),
                    "until": by_organisation[organisation_id][0].answer_by.isoformat(),
                },
            )
            for pk, email, language, organisation_id in people
        ]
    )


@transaction.atomic
def answer_counter(
    counter: CounterNotice,
    *,
    ground: str,
    statement: str,
    documents: Mapping[str, bytes],
    by: User,
    at: datetime,
    actor: Actor,
) -> CounterNotice:
    """The seller's answer; the ground's documents are all needed."""
    terms = policy_at(at)[Reports].counter
    needed = {one.code: one.documents for one in terms.grounds}.get(ground)
    if needed is None or set(needed) - set(documents):
        raise Refused(_("Upload all documents required for this reason."), code="documents_missing")
    counter = lock_row(CounterNotice, counter.pk)
    until = calendar_at(at).after_days(at, terms.holder_business_days)
    counter.step(
        State.AWAITING_RIGHTS_HOLDER,
        ground=ground,
        statement=statement,
        answered_by=by,
        answered_at=at,
        answer_by=until,
        due_at=until,
    )
    CounterDocument.objects.bulk_create(
        CounterDocument(counter=counter, kind=kind, file=keep_file(data, at=at))
        for kind, data in documents.items()
    )
    record(_counter_fact(CounterNoticeSubmitted, counter), about=counter, at=at, actor=actor)
    _write_to_notifier(counter, at=at)
    return counter


def _write_to_notifier(counter: CounterNotice, *, at: datetime) -> None:
    notice = counter.item.notice
    if not notice.address:
        return
    context = {
        "link": f"{settings.KLEAN_URL}/rights/counter-notices/{counter.pk}",
        "reference": notice.reference,
        "title": counter.item.listing.title,
        "until": counter.answer_by.isoformat(),
    }
    write_mails(
        [
            Mail(
                key=f"counter:{counter.pk}:answered",
                to=notice.address,
                language=notice.language,
                template="mail/reports/counter_answered.txt",
                context=context,
                due_at=at,
            )
        ]
    )


@transaction.atomic
def accept_counter(counter: CounterNotice, *, at: datetime, actor: Actor) -> CounterNotice:
    """The notifier gives in: the listing's report is answered as not confirmed, and an interim stop ends."""
    counter = lock_row(CounterNotice, counter.pk)
    counter.step(State.ACCEPTED, replied_at=at, due_at=None)
    record(_counter_fact(CounterNoticeAccepted, counter), about=counter, at=at, actor=actor)
    answer_items(
        counter.item.listing,
        NoticeItem.objects.filter(pk=counter.item_id, outcome=""),
        NoticeItem.Outcome.DISMISSED,
        at=at,
        actor=actor,
    )
    return counter


@transaction.atomic
def reject_counter(counter: CounterNotice, reply: str, *, at: datetime, actor: Actor) -> CounterNotice:
    """The notifier maintains the notice: the protection team rules."""
    if not reply.strip():
        raise Refused(_("Explain why you reject the seller's response."), code="reasons_missing")
    counter = lock_row(CounterNotice, counter.pk)
    counter.step(State.RULING, reply=reply, replied_at=at, due_at=None)
    record(_counter_fact(CounterNoticeRejected, counter), about=counter, at=at, actor=actor)
    return counter


def forfeit_due_counters(*, at: datetime, limit: int = 100) -> int:
    """Silence forfeits: the seller's the answer, the notifier's the objection."""
    return work_off(CounterNotice, partial(_forfeit, at=at), at=at, batch=limit, timeout=TIMEOUT)


@transaction.atomic
def _forfeit(counter: CounterNotice, *, at: datetime) -> None:
    counter = lock_row(CounterNotice, counter.pk)
    if counter.state == State.AWAITING_SELLER:
        counter.step(State.FORFEITED, due_at=None)
        record(_counter_fact(CounterNoticeForfeited, counter), about=counter, at=at, actor=ROUND)
    elif counter.state == State.AWAITING_RIGHTS_HOLDER:
        accept_counter(counter, at=at, actor=ROUND)


def _counter_fact(fact: type[FactType], counter: CounterNotice) -> FactType:
    listing = counter.item.listing
    return fact(
        notice_id=counter.item.notice_id,
        counter_id=counter.pk,
        listing=listing.external_id,
        listing_id=listing.pk,
        seller=listing.seller.external_id,
        seller_id=listing.seller_id,
    )
