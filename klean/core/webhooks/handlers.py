"""Every event is offered to the webhooks."""

from klean.core.events.models import Event
from klean.core.events.outbox import on
from klean.core.webhooks.actions import queue_webhooks


@on()
def something_happened(event: Event) -> None:
    queue_webhooks(event, at=event.at)
