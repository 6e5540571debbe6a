"""Facts go up: ``record`` writes one in the transaction that made it true, and handlers hear it after commit."""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.db import models, transaction
from django.utils import timezone

from klean.core.actors import Actor
from klean.core.facts import Fact
from klean.core.models.due import put_off, take_due
from klean.core.models.events import Event, Outbox, Receipt
from klean.core.wake import wake

log = logging.getLogger(__name__)
Handler = Callable[[Event], None]
_handlers: dict[str, list[Handler]] = defaultdict(list)
EVERY = "*"
LEASE = timedelta(minutes=2)


def on(*facts: type[Fact]) -> Callable[[Handler], Handler]:
    """Hear these facts; with none named, hear every one."""

    def register(handler: Handler) -> Handler:
        for name in [fact.name for fact in facts] or [EVERY]:
            _handlers[name].append(handler)
        return handler

    return register


def subject_of(row: models.Model) -> str:
    return f"{row._meta.label_lower}:{row.pk}"


def record(fact: Fact, *, about: models.Model, actor: Actor) -> Event:
    """Write the fact and the promise that every handler will hear it, in the transaction that made it true."""
    return record_all([(fact, about)], actor=actor)[0]


def record_all(facts: Iterable[tuple[Fact, models.Model]], *, actor: Actor) -> list[Event]:
    """``record`` for many, in two statements."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a fact is recorded in the transaction that made it true")
    at = timezone.now()
    events = Event.objects.bulk_create(
        Event(name=fact.name, subject=subject_of(about), actor=str(actor), at=at, data=fact.payload())
        for fact, about in facts
    )
    Outbox.objects.bulk_create(Outbox(event=event, due_at=at) for event in events)
    wake("klean.core.tasks.deliver_events")
    return events


def events_about(row: models.Model) -> models.QuerySet[Event]:
    return Event.objects.filter(subject=subject_of(row)).order_by("id")


def deliver_due_events(*, at: datetime, limit: int = 200) -> int:
    """Hand due events to their handlers; answers how many were taken, so that callers go on until 0."""
    taken = take_due(Outbox, at=at, lease=LEASE, limit=limit)
    events = Event.objects.in_bulk([row.event_id for row in taken])
    for row in taken:
        _deliver(row, events[row.event_id], at=at)
    return len(taken)


def _deliver(row: Outbox, event: Event, *, at: datetime) -> None:
    try:
        for handler in [*_handlers[event.name], *_handlers[EVERY]]:
            _hand(event, handler)
    except Exception as error:
        log.exception("a handler failed on event %s (%s)", event.pk, event.name)
        put_off(row, repr(error), at=at)
    else:
        row.delete()


def _hand(event: Event, handler: Handler) -> None:
    name = f"{handler.__module__}.{handler.__qualname__}"
    with transaction.atomic():
        _receipt, is_new = Receipt.objects.get_or_create(event=event, handler=name)
        if is_new:
            handler(event)
