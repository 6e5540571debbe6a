from klean.core.events import on
from klean.core.models.events import Event
from klean.core.webhooks import queue_webhooks


@on()
def something_happened(event: Event) -> None:
    queue_webhooks(event, at=event.at)
