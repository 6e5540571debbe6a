"""Events told to partners after the Standard Webhooks specification: signed, retried, switched off when dead."""

import secrets
from base64 import b64encode
from datetime import datetime, timedelta

import orjson
from django.db import transaction
from django.db.models import Max, Q
from standardwebhooks.webhooks import Webhook

from klean.core.actors import Actor
from klean.core.events import record
from klean.core.facts import WebhookEndpointDisabled, WebhookEndpointEnabled
from klean.core.fetch import Unreachable, fetch
from klean.core.models.due import put_off, take_due
from klean.core.models.events import Event
from klean.core.models.people import Organisation
from klean.core.models.webhooks import WebhookDelivery, WebhookEndpoint
from klean.core.wake import wake

LEASE = timedelta(minutes=1)
DEAD_AFTER = timedelta(days=5)
GONE = 410
AROUND = 1000
HEARS_ALL = (Organisation.Kind.MARKETPLACE, Organisation.Kind.OPERATOR)


def new_secret() -> str:
    return "whsec_" + b64encode(secrets.token_bytes(24)).decode()


@transaction.atomic
def enable_endpoint(
    organisation: Organisation, url: str, names: list[str], *, at: datetime, actor: Actor
) -> WebhookEndpoint:
    """Start telling this address; what is already told there goes on with the secret it has."""
    endpoint, _ = WebhookEndpoint.objects.get_or_create(
        organisation=organisation, url=url, defaults={"secret": new_secret(), "created_at": at}
    )
    was_off = endpoint.disabled_at is not None
    endpoint.names, endpoint.failing_since, endpoint.disabled_at = names, None, None
    endpoint.save(update_fields=["names", "failing_since", "disabled_at"])
    endpoint.deliveries.filter(delivered_at=None, due_at=None).update(due_at=at)
    if was_off:
        _queue_missed(endpoint, at=at)
    record(WebhookEndpointEnabled(endpoint_id=endpoint.pk), about=endpoint, actor=actor)
    return endpoint


def _queue_missed(endpoint: WebhookEndpoint, *, at: datetime) -> None:
    """What happened while this address was off."""
    last = endpoint.deliveries.aggregate(last=Max("event_id"))["last"] or 0
    # Events are handed out about in their order: one just before the last may have come too late to be queued.
    events = Event.objects.filter(pk__gt=last - AROUND, at__gte=endpoint.created_at)
    if endpoint.organisation.kind not in HEARS_ALL:
        events = events.filter(data__organisation_id=endpoint.organisation_id)
    rows = [
        WebhookDelivery(endpoint=endpoint, event=event, due_at=at)
        for event in events.order_by("pk").iterator()
        if endpoint.wants(event.name)
    ]
    WebhookDelivery.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)


@transaction.atomic
def disable_endpoint(endpoint: WebhookEndpoint, *, at: datetime, actor: Actor) -> None:
    """Tell this address nothing more; what is undelivered waits until it is enabled again."""
    if WebhookEndpoint.objects.filter(pk=endpoint.pk, disabled_at=None).update(disabled_at=at):
        record(WebhookEndpointDisabled(endpoint_id=endpoint.pk), about=endpoint, actor=actor)


def queue_webhooks(event: Event, *, at: datetime) -> None:
    """One delivery for each live endpoint that may hear the event and wants it."""
    hearers = WebhookEndpoint.objects.filter(hearers_of(event), disabled_at=None)
    endpoints = [endpoint for endpoint in hearers if endpoint.wants(event.name)]
    rows = [WebhookDelivery(endpoint=endpoint, event=event, due_at=at) for endpoint in endpoints]
    WebhookDelivery.objects.bulk_create(rows, ignore_conflicts=True)
    if rows:
        wake("klean.core.tasks.send_webhooks")


def hears_all(organisation: Organisation) -> bool:
    return organisation.kind in HEARS_ALL


def hearers_of(event: Event) -> Q:
    """The marketplace hears everything; any other organisation what is addressed to it by ``organisation_id``."""
    addressed_to = event.data.get("organisation_id")
    return Q(organisation__kind__in=HEARS_ALL) | Q(organisation=addressed_to)


def body_of(event: Event) -> bytes:
    """What the API's event feed and a webhook both say of an event."""
    return orjson.dumps(told(event))


def told(event: Event) -> dict[str, object]:
    return {
        "id": f"evt_{event.pk}",
        "type": event.name,
        "timestamp": event.at.isoformat(),
        "position": event.position,
        "subject": event.subject,
        "data": event.data,
    }


def send_due_webhooks(*, at: datetime, limit: int = 50) -> int:
    taken = take_due(WebhookDelivery, at=at, lease=LEASE, limit=limit)
    for delivery in WebhookDelivery.objects.filter(pk__in=[row.pk for row in taken]).select_related(
        "endpoint", "event"
    ):
        _send(delivery, at=at)
    return len(taken)


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
        put_off(delivery, error, at=at)
        _note_failure(endpoint, is_gone=status == GONE, at=at)
    else:
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
