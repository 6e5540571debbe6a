"""Sending events after the Standard Webhooks specification: signed, retried, switched off when dead."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from standardwebhooks.webhooks import Webhook

from klean.core.events.actors import Actor
from klean.core.events.models import Event
from klean.core.operations.due_work import NotYet, work_off
from klean.core.operations.wake import wake
from klean.core.outside.fetch import Unreachable, fetch
from klean.core.webhooks.actions import disable_endpoint
from klean.core.webhooks.models import WebhookDelivery, WebhookEndpoint
from klean.core.webhooks.queries import body_of, receivers_of

TIMEOUT = timedelta(seconds=15)  # one address that answers at its last moment
DEAD_AFTER = timedelta(days=5)
GONE = 410


def send_due_webhooks(*, at: datetime, limit: int = 50) -> int:
    """Send what is due; one that is not taken is sent again, until its endpoint is switched off."""
    return work_off(WebhookDelivery, partial(_send, at=at), at=at, batch=limit, timeout=TIMEOUT)


def _send(delivery: WebhookDelivery, *, at: datetime) -> None:
    endpoint, body = delivery.endpoint, body_of(delivery.event)
    if endpoint.disabled_at:
        WebhookDelivery.objects.filter(pk=delivery.pk).update(due_at=None)
        return
    message_id = f"evt_{delivery.event_id}"
    headers = {
        "content-type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(endpoint.secret).sign(message_id, at, body.decode()),
    }
    try:
        answer = fetch(endpoint.url, method="POST", body=body, headers=headers, max_bytes=65_536)
        status, error = answer.status, "" if answer.ok else f"answered {answer.status}"
    except Unreachable as failure:
        status, error = None, str(failure)
    WebhookDelivery.objects.filter(pk=delivery.pk).update(last_status=status)
    if error:
        _note_failure(endpoint, is_gone=status == GONE, at=at)
        raise NotYet(error)
    WebhookDelivery.objects.filter(pk=delivery.pk).update(delivered_at=at, due_at=None, last_error="")
    WebhookEndpoint.objects.filter(pk=endpoint.pk, failing_since__isnull=False).update(failing_since=None)


@transaction.atomic
def _note_failure(endpoint: WebhookEndpoint, *, is_gone: bool, at: datetime) -> None:
    endpoint = WebhookEndpoint.objects.select_for_update().get(pk=endpoint.pk)
    if endpoint.disabled_at:
        return
    endpoint.failing_since = endpoint.failing_since or at
    endpoint.save(update_fields=["failing_since"])
    if is_gone or at - endpoint.failing_since >= DEAD_AFTER:
        disable_endpoint(endpoint, at=at, actor=Actor("system", "webhooks"))


def queue_webhooks(events: Sequence[Event]) -> None:
    """One delivery for each live endpoint that may receive an event and wants it, due since it happened."""
    rows = [
        WebhookDelivery(endpoint=endpoint, event=event, due_at=event.at)
        for event, endpoints in receivers_of(events)
        for endpoint in endpoints
        if endpoint.wants(event.name)
    ]
    WebhookDelivery.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)
    if rows:
        wake("klean.core.webhooks.tasks.send_webhooks")
