"""Work that PostgreSQL remembers: leased while someone does it, put off when it fails."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from klean.core.operations.models import Due


class Batch(Protocol):
    def __call__(self, *, at: datetime) -> int: ...


def until_quiet(batch: Batch, *, now: Callable[[], datetime] = timezone.now) -> int:
    """Do batches until one finds nothing; answers how many rows were taken."""
    total = 0
    while taken := batch(at=now()):
        total += taken
    return total


MAX_WAIT = timedelta(hours=6)


Work = TypeVar("Work", bound=Due)


def take_due(model: type[Work], *, at: datetime, lease: timedelta, limit: int) -> list[Work]:
    """Lease up to ``limit`` due rows; a worker that dies loses its lease and the rows fall due again."""
    with transaction.atomic():
        due = model._default_manager.select_for_update(skip_locked=True).filter(due_at__lte=at)
        pks = list(due.order_by("due_at").values_list("pk", flat=True)[:limit])
        model._default_manager.filter(pk__in=pks).update(due_at=at + lease, attempts=F("attempts") + 1)
    return list(model._default_manager.filter(pk__in=pks).order_by("pk"))


def put_off(work: Due, error: str, *, at: datetime, first_wait: timedelta = timedelta(seconds=5)) -> None:
    """Try again later, each time twice as long after."""
    wait = min(first_wait * 2 ** min(work.attempts - 1, 20), MAX_WAIT)
    type(work)._default_manager.filter(pk=work.pk).update(due_at=at + wait, last_error=error[:2000])
