"""Each wakes, does what is due, and sleeps; the clock wakes them when a hint is lost."""

from celery import shared_task
from django.utils import timezone

from klean.core.events.actors import Actor
from klean.core.operations.due_work import until_quiet
from reports.actions import counters, reporters, watchlist


@shared_task
def forfeit_due_counters() -> None:
    until_quiet(counters.forfeit_due_counters)


@shared_task
def review_reporters() -> None:
    reporters.review_reporters(at=timezone.now(), actor=Actor("system", "reporter-review"))


@shared_task
def alert_holders() -> None:
    watchlist.alert_holders(at=timezone.now(), actor=Actor("system", "watchlist"))
