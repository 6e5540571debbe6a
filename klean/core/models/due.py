"""Work that PostgreSQL remembers: due at a time, leased while someone does it, put off when it fails."""

from datetime import datetime, timedelta
from typing import TypeVar

from django.db import models, transaction
from django.db.models import F

MAX_WAIT = timedelta(hours=6)


class Due(models.Model):
    """``due_at`` is when to do it next, or None when nothing is left to do."""

    due_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.TextField(blank=True)

    class Meta:
        abstract = True


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
