"""What happened to one shop, in words."""

from enforcement.cases.models import Case
from enforcement.cases.queries.people import names_of
from enforcement.cases.queries.timeline import Moment
from klean.core.events.models import Event
from klean.core.events.record import subject_of
from sellers.models import Seller

MAX_ROWS = 50  # the newest; the event feed has all of them
OF_CASE = "enforcement.case:"


def timeline_of(seller: Seller) -> list[Moment]:
    """What happened to the seller and in its cases, newest first."""
    cases = Case.objects.filter(seller=seller).order_by("-pk").values_list("pk", flat=True)[:MAX_ROWS]
    subjects = [subject_of(seller), *(f"{OF_CASE}{pk}" for pk in cases)]
    events = list(Event.objects.filter(subject__in=subjects).order_by("-id")[:MAX_ROWS])
    names = names_of({event.actor for event in events})
    return [
        Moment(event.sentence, event.at, names.get(event.actor, ""), case=_case_of(event)) for event in events
    ]


def _case_of(event: Event) -> int | None:
    return int(event.subject.removeprefix(OF_CASE)) if event.subject.startswith(OF_CASE) else None
