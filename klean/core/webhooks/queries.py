"""Which organisations receive which events."""

from collections import defaultdict
from collections.abc import Sequence

import orjson
from django.db.models import Q

from klean.core.access.models import Organisation
from klean.core.events.feed import payload_of
from klean.core.events.models import Event
from klean.core.webhooks.models import WebhookEndpoint

RECEIVES_ALL_EVENTS = (Organisation.Kind.MARKETPLACE, Organisation.Kind.OPERATOR)


def receives_all_events(organisation: Organisation) -> bool:
    return organisation.kind in RECEIVES_ALL_EVENTS


def receivers_of(events: Sequence[Event]) -> list[tuple[Event, list[WebhookEndpoint]]]:
    """The live endpoints of the marketplace for every event, and of whom one is addressed to by ``organisation_id``."""
    addressed = {event.pk: event.data.get("organisation_id") for event in events}
    may_receive = Q(organisation__kind__in=RECEIVES_ALL_EVENTS) | Q(
        organisation__in={*addressed.values()} - {None}
    )
    live = list(WebhookEndpoint.objects.filter(may_receive, disabled_at=None).select_related("organisation"))
    everything = [endpoint for endpoint in live if receives_all_events(endpoint.organisation)]
    own: dict[int | None, list[WebhookEndpoint]] = defaultdict(list)
    for endpoint in live:
        if not receives_all_events(endpoint.organisation):
            own[endpoint.organisation_id].append(endpoint)
    return [(event, [*everything, *own[addressed[event.pk]]]) for event in events]


def body_of(event: Event) -> bytes:
    """What the API's event feed and a webhook both say of an event."""
    return orjson.dumps(payload_of(event))
