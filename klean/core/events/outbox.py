"""Events are handed to every handler after commit, each handler once."""

import logging
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from klean.core.events.facts import Fact
from klean.core.events.models import Event, Outbox, Receipt
from klean.core.operations.due_work import put_off, take_due

log = logging.getLogger(__name__)


Handler = Callable[[Event], None]


_handlers: dict[str, list[Handler]] = defaultdict(list)


EVERY = "*"


LEASE = timedelta(minutes=2)


def on(*facts: type[Fact]) -> Callable[[Handler], Handler]:
    """Call the function with every event of these facts; with none named, with every event."""

    def register(handler: Handler) -> Handler:
        for name in [fact.name for fact in facts] or [EVERY]:
            _handlers[name].append(handler)
        return handler

    return register


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
