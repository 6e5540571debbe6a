"""What decisions ask of the marketplace, and whether it has acknowledged it."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from enforcement.sanctions.facts import MeasureExpired, MeasureLifted, MeasureOrdered
from enforcement.sanctions.models import Reconciliation
from klean.core.access.models import Organisation
from klean.core.events.models import Event
from klean.core.webhooks.models import WebhookDelivery, WebhookEndpoint
from listings.facts import ListingQuarantined, ListingReinstated, ListingReleased, ListingRemoved
from sellers.facts import StandingChanged

EFFECTS = tuple(
    fact.name
    for fact in (
        ListingQuarantined,
        ListingReinstated,
        ListingReleased,
        ListingRemoved,
        MeasureExpired,
        MeasureLifted,
        MeasureOrdered,
        StandingChanged,
    )
)


def unacknowledged() -> QuerySet[WebhookDelivery]:
    """Effects that a marketplace has neither answered by a webhook nor reported done from the event feed."""
    rows = WebhookDelivery.objects.filter(
        delivered_at=None,
        event__name__in=EFFECTS,
        endpoint__organisation__kind=Organisation.Kind.MARKETPLACE,
    )
    for done in Reconciliation.objects.all():
        rows = rows.exclude(
            Q(endpoint__organisation=done.organisation_id) & Q(event__position__lte=done.position)
        )
    return rows.select_related("event", "endpoint__organisation")


@dataclass(frozen=True, slots=True)
class Listener:
    """One marketplace: where webhooks go, and up to where it reports that it has carried the feed out."""

    organisation: Organisation
    endpoints: list[WebhookEndpoint]
    reconciled: Reconciliation | None
    behind: int


def listeners() -> list[Listener]:
    rows = Organisation.objects.filter(kind=Organisation.Kind.MARKETPLACE).select_related("reconciliation")
    found = []
    for organisation in rows.prefetch_related("webhook_endpoints"):
        reconciled = getattr(organisation, "reconciliation", None)
        found.append(
            Listener(
                organisation, list(organisation.webhook_endpoints.all()), reconciled, _behind(reconciled)
            )
        )
    return found


def _behind(reconciled: Reconciliation | None) -> int:
    """Effects in the feed after its position, counted up to a thousand."""
    since = reconciled.position if reconciled else 0
    rows = Event.objects.filter(name__in=EFFECTS, position__gt=since)
    return len(rows.values_list("pk", flat=True)[:1000])
