"""Which organisations receive which events."""

import orjson
from django.db.models import Q

from klean.core.access.models import Organisation
from klean.core.events.feed import payload_of
from klean.core.events.models import Event

RECEIVES_ALL_EVENTS = (Organisation.Kind.MARKETPLACE, Organisation.Kind.OPERATOR)


def receives_all_events(organisation: Organisation) -> bool:
    return organisation.kind in RECEIVES_ALL_EVENTS


def receivers_of(event: Event) -> Q:
    """The marketplace receives everything, any other organisation what is addressed to it by ``organisation_id``."""
    addressed_to = event.data.get("organisation_id")
    return Q(organisation__kind__in=RECEIVES_ALL_EVENTS) | Q(organisation=addressed_to)


def body_of(event: Event) -> bytes:
    """What the API's event feed and a webhook both say of an event."""
    return orjson.dumps(payload_of(event))
