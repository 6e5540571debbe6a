"""Handing on what was recorded, until nothing is due."""

from celery import shared_task

from klean.core.events.outbox import deliver_due_events
from klean.core.operations.due_work import until_quiet


@shared_task
def deliver_events() -> None:
    until_quiet(deliver_due_events)
