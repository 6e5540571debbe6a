"""What a reader outside is given of an event, in the order of the commits."""

from django.db.models import QuerySet

from klean.core.events.models import Event


def feed_after(position: int, *, names: list[str], limit: int) -> QuerySet[Event]:
    events = Event.objects.filter(position__gt=position).order_by("position")
    return (events.filter(name__in=names) if names else events)[:limit]


def payload_of(event: Event) -> dict[str, object]:
    return {
        "id": f"evt_{event.pk}",
        "type": event.name,
        "timestamp": event.at.isoformat(),
        "position": event.position,
        "subject": event.subject,
        "data": event.data,
    }
