"""Every event is offered to the webhooks."""

from collections.abc import Sequence

from klean.core.events.facts import Fact
from klean.core.events.models import Event
from klean.core.events.subscriptions import on
from klean.core.webhooks.deliveries import queue_webhooks


@on(in_batches_of=200)
def something_happened(happened: Sequence[tuple[Fact, Event]]) -> None:
    queue_webhooks([event for _fact, event in happened])
