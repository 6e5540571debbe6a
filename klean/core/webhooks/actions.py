"""Which addresses receive events, and what is queued for them."""

import secrets
from base64 import b64encode
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from klean.core.access.models import Organisation
from klean.core.events.actors import Actor
from klean.core.events.models import Event
from klean.core.events.record import record
from klean.core.webhooks.facts import WebhookEndpointDisabled, WebhookEndpointEnabled
from klean.core.webhooks.models import WebhookDelivery, WebhookEndpoint
from klean.core.webhooks.queries import RECEIVES_ALL_EVENTS

# Events are handed out about in their order: one just before the last may have come too late to be queued.
REORDERED_EVENTS = 1000


def new_secret() -> str:
    return "whsec_" + b64encode(secrets.token_bytes(24)).decode()


@transaction.atomic
def enable_endpoint(
    organisation: Organisation, url: str, names: list[str], *, at: datetime, actor: Actor
) -> WebhookEndpoint:
    """Send events to this address from now on; one that is known keeps its secret."""
    endpoint, _ = WebhookEndpoint.objects.get_or_create(
        organisation=organisation, url=url, defaults={"secret": new_secret(), "created_at": at}
    )
    was_off = endpoint.disabled_at is not None
    endpoint.names, endpoint.failing_since, endpoint.disabled_at = names, None, None
    endpoint.save(update_fields=["names", "failing_since", "disabled_at"])
    endpoint.deliveries.filter(delivered_at=None, due_at=None).update(due_at=at)
    if was_off:
        _queue_missed(endpoint, at=at)
    record(WebhookEndpointEnabled(endpoint_id=endpoint.pk), about=endpoint, at=at, actor=actor)
    return endpoint


def _queue_missed(endpoint: WebhookEndpoint, *, at: datetime) -> None:
    """What happened while this address was off."""
    last = endpoint.deliveries.aggregate(last=Max("event_id"))["last"] or 0
    events = Event.objects.filter(pk__gt=last - REORDERED_EVENTS, at__gte=endpoint.created_at)
    if endpoint.organisation.kind not in RECEIVES_ALL_EVENTS:
        events = events.filter(data__organisation_id=endpoint.organisation_id)
    rows = [
        WebhookDelivery(endpoint=endpoint, event=event, due_at=at)
        for event in events.order_by("pk").iterator()
        if endpoint.wants(event.name)
    ]
    WebhookDelivery.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)


@transaction.atomic
def disable_endpoint(endpoint: WebhookEndpoint, *, at: datetime, actor: Actor) -> None:
    """Send nothing more to this address; what is undelivered waits until it is enabled again."""
    if WebhookEndpoint.objects.filter(pk=endpoint.pk, disabled_at=None).update(disabled_at=at):
        record(WebhookEndpointDisabled(endpoint_id=endpoint.pk), about=endpoint, at=at, actor=actor)
