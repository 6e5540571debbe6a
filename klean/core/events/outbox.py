"""Events are handed to every handler after commit, each handler once."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import connection, transaction

from klean.core.events.facts import FACTS, UnreadableFact, fact_from
from klean.core.events.models import Event, Outbox
from klean.core.events.subscriptions import HANDLERS, Handler, Pairs
from klean.core.operations.due_work import Faults, work_off_together

log = logging.getLogger(__name__)

TIMEOUT = timedelta(minutes=5)

WRITE_RECEIPTS = """
    INSERT INTO core_receipt (event_id, handler) SELECT unnest(%s::bigint[]), %s
    ON CONFLICT DO NOTHING RETURNING event_id
"""


def deliver_due_events(*, at: datetime, limit: int = 200) -> int:
    """Hand due events to their handlers; answers how many were taken, so that callers go on until 0."""
    return work_off_together(Outbox, _hand_on_all, at=at, batch=limit, timeout=TIMEOUT)


def _hand_on_all(taken: Sequence[Outbox]) -> Faults:
    events = Event.objects.filter(pk__in=[row.event_id for row in taken]).order_by("pk")
    pairs = [(fact_from(event.name, event.data), event) for event in events]
    errors = _unreadable(pairs)
    for handler in HANDLERS:
        errors |= _hand_on(pairs, handler)
    Outbox.objects.filter(pk__in=[row.pk for row in taken if row.event_id not in errors]).delete()
    return {row.pk: errors[row.event_id] for row in taken if row.event_id in errors}


def _unreadable(pairs: Pairs) -> dict[int, Exception]:
    """Events that this release cannot read and that some handler, here or in a newer release, waits for."""
    awaited = frozenset[str]().union(*(handler.names for handler in HANDLERS))
    faults: dict[int, Exception] = {
        event.pk: ValueError(fact.fault)
        for fact, event in pairs
        if isinstance(fact, UnreadableFact) and (event.name not in FACTS or event.name in awaited)
    }
    for pk, fault in faults.items():
        log.error("event %s cannot be read: %s", pk, fault)
    return faults


def _hand_on(pairs: Pairs, handler: Handler) -> dict[int, Exception]:
    """Hand on what the handler receives; answers the errors by event."""
    wanted = [pair for pair in pairs if handler.receives(*pair)]
    size = handler.batch_size or 1
    errors: dict[int, Exception] = {}
    for start in range(0, len(wanted), size):
        errors |= _try(wanted[start : start + size], handler)
    return errors


def _try(pairs: Pairs, handler: Handler) -> dict[int, Exception]:
    """One event that fails does not stop its neighbours: what fails together is tried one by one."""
    try:
        _call_once(pairs, handler)
    except Exception as error:
        if len(pairs) == 1:
            event = pairs[0][1]
            log.exception("%s failed on event %s (%s)", handler.name, event.pk, event.name)
            return {event.pk: error}
        log.warning("%s failed on %s events together: %r", handler.name, len(pairs), error)
        return dict(item for pair in pairs for item in _try([pair], handler).items())
    return {}


def _call_once(pairs: Pairs, handler: Handler) -> None:
    """Call the handler with the events that it has no receipt for, and write the receipts with what it does."""
    with transaction.atomic():
        new = _write_receipts([event.pk for _fact, event in pairs], handler.name)
        if fresh := [pair for pair in pairs if pair[1].pk in new]:
            handler.call(fresh)


def _write_receipts(events: Sequence[int], handler: str) -> set[int]:
    """The events that the handler had no receipt for; a rival's uncommitted receipt is waited for."""
    with connection.cursor() as cursor:
        cursor.execute(WRITE_RECEIPTS, [list(events), handler])
        return {event for (event,) in cursor.fetchall()}
