"""``record`` writes a fact in the transaction that made it true."""

from collections.abc import Iterable
from datetime import datetime

from django.db import models, transaction
from django.utils import timezone

from klean.core.events.actors import Actor
from klean.core.events.facts import Fact
from klean.core.events.models import Event, Outbox
from klean.core.operations.wake import wake


def subject_of(row: models.Model) -> str:
    return f"{row._meta.label_lower}:{row.pk}"


def record(fact: Fact, *, about: models.Model, at: datetime, actor: Actor) -> Event:
    """Write the fact and the promise that every handler will hear it, in the transaction that made it true."""
    return record_all([(fact, about)], at=at, actor=actor)[0]


def record_all(facts: Iterable[tuple[Fact, models.Model]], *, at: datetime, actor: Actor) -> list[Event]:
    """``record`` for many, in two statements."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a fact is recorded in the transaction that made it true")
    events = Event.objects.bulk_create(
        Event(name=fact.name, subject=subject_of(about), actor=str(actor), at=at, data=fact.payload())
        for fact, about in facts
    )
    now = timezone.now()  # handed on at once, whatever the time that the fact tells
    Outbox.objects.bulk_create(Outbox(event=event, due_at=now) for event in events)
    wake("klean.core.events.tasks.deliver_events")
    return events


def events_about(row: models.Model) -> models.QuerySet[Event]:
    return Event.objects.filter(subject=subject_of(row)).order_by("id")
