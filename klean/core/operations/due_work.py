"""Work that PostgreSQL remembers: leased while someone does it, tried again when it fails, given up at the last try."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Generic, Protocol, TypeVar

from django.db import transaction
from django.db.models import Case, F, QuerySet, When
from django.utils import timezone

from klean.core.operations.models import Due
from klean.core.operations.stopping import is_stopping

log = logging.getLogger(__name__)

FIRST_WAIT = timedelta(seconds=5)
MAX_WAIT = timedelta(hours=6)
# With waits that double to six hours the last attempt comes after two and a half days.
MAX_ATTEMPTS = 20
# A row that was begun so often without an answer may have killed its worker: it is tried without neighbours.
MAX_ATTEMPTS_TOGETHER = 2
# What leasing and writing down take, beside the work.
LEASE_MARGIN = timedelta(seconds=30)

Work = TypeVar("Work", bound=Due)
Faults = Mapping[int, Exception]


class Batch(Protocol):
    def __call__(self, *, at: datetime) -> int: ...


class NotYet(Exception):
    """The row has no fault: it is too early, or another machine does not answer. It waits, however often."""


class NotBegun(Exception):
    """The row's turn did not come, because the worker stops or the time is over: it is given back as it was."""


def until_quiet(batch: Batch, *, now: Callable[[], datetime] = timezone.now) -> int:
    """Do batches until one finds nothing or the worker is asked to stop; answers how many rows were taken."""
    total = 0
    while not is_stopping() and (taken := batch(at=now())):
        total += taken
    return total


def work_off(
    model: type[Work],
    work: Callable[[Work], object],
    *,
    at: datetime,
    batch: int,
    timeout: timedelta,
    first_wait: timedelta = FIRST_WAIT,
) -> int:
    """Do what is due, row by row, each in at most ``timeout``; answers how many rows were taken.

    A row that ``work`` leaves due as it found it is done. One that raises is tried again later, ``NotYet`` as often
    as it takes and any other error until the last attempt; its neighbours go on.
    """
    return work_off_together(
        model, partial(_each, work), at=at, batch=batch, timeout=timeout * batch, first_wait=first_wait
    )


def work_off_together(
    model: type[Work],
    work: Callable[[Sequence[Work]], Faults],
    *,
    at: datetime,
    batch: int,
    timeout: timedelta,
    first_wait: timedelta = FIRST_WAIT,
) -> int:
    """``work_off`` for work that is cheaper in one go: ``work`` answers the faults by pk, within ``timeout`` in all.

    When it raises, each row is tried by itself; so it has to undo what it began.
    """
    lease = _Lease(model, at, at + timeout + LEASE_MARGIN, first_wait)
    rows = take_due(model, at=at, until=lease.until, limit=batch)
    if rows:
        lease.end(rows, _together(work, rows))
    return len(rows)


def _each(work: Callable[[Work], object], rows: Sequence[Work]) -> Faults:
    faults: dict[int, Exception] = {}
    for row in rows:
        if is_stopping():
            faults[row.pk] = NotBegun()
            continue
        try:
            work(row)
        except Exception as error:  # noqa: BLE001  the row keeps it, whatever it is, and the neighbours go on
            faults[row.pk] = error
    return faults


def _together(work: Callable[[Sequence[Work]], Faults], rows: Sequence[Work]) -> Faults:
    try:
        return work(rows)
    except Exception as error:  # noqa: BLE001  the row keeps it, or each row is tried by itself
        if len(rows) == 1:
            return {rows[0].pk: error}
        log.warning("%s rows of %s failed together: %r", len(rows), rows[0]._meta.label, error)
        return {pk: fault for row in rows for pk, fault in _together(work, [row]).items()}


def take_due(model: type[Work], *, at: datetime, until: datetime, limit: int) -> list[Work]:
    """Lease due rows and count the attempt before it begins: when its worker dies, they are due again ``until``."""
    rows = model._default_manager
    with transaction.atomic():
        waiting = rows.select_for_update(skip_locked=True, no_key=True).filter(due_at__lte=at)
        due = list(waiting.order_by("due_at")[:limit])
        if lost := [row.pk for row in due if row.attempts >= MAX_ATTEMPTS]:
            log.error("%s %s are given up: no worker came back from them", model._meta.label, lost)
            rows.filter(pk__in=lost).update(due_at=None, failed_at=at)
        due = [row for row in due if row.pk not in lost]
        suspects = [row for row in due if row.attempts >= MAX_ATTEMPTS_TOGETHER]
        taken = due[:1] if due[:1] == suspects[:1] else [row for row in due if row not in suspects]
        rows.filter(pk__in=[row.pk for row in taken]).update(due_at=until, attempts=F("attempts") + 1)
    for row in taken:
        row.due_at, row.attempts = until, row.attempts + 1
    return sorted(taken, key=lambda row: row.pk)


@dataclass(frozen=True, slots=True)
class _Lease(Generic[Work]):
    model: type[Work]
    at: datetime
    until: datetime
    first_wait: timedelta

    def end(self, rows: Sequence[Work], faults: Faults) -> None:
        done = [row.pk for row in rows if row.pk not in faults]
        over = When(due_at=self.until, then=None)
        self._rows(done).filter(due_at__isnull=False).update(
            due_at=Case(over, default=F("due_at")), attempts=0, waits=0, last_error=""
        )
        for row in rows:
            if row.pk in faults:
                self._put_off(row, faults[row.pk])

    def _put_off(self, row: Work, fault: Exception) -> None:
        here = self._rows([row.pk]).filter(due_at=self.until)
        again = self.at + min(self.first_wait * 2 ** min(row.attempts + row.waits - 1, 20), MAX_WAIT)
        if isinstance(fault, NotBegun):
            here.update(due_at=self.at, attempts=F("attempts") - 1)
        elif isinstance(fault, NotYet):
            here.update(
                due_at=again, attempts=F("attempts") - 1, waits=F("waits") + 1, last_error=str(fault)[:2000]
            )
        elif row.attempts < MAX_ATTEMPTS:
            log.error("%s %s failed, attempt %s", row._meta.label, row.pk, row.attempts, exc_info=fault)
            here.update(due_at=again, last_error=repr(fault)[:2000])
        else:
            log.error("%s %s is given up", row._meta.label, row.pk, exc_info=fault)
            here.update(due_at=None, failed_at=self.at, last_error=repr(fault)[:2000])

    def _rows(self, pks: Sequence[int]) -> QuerySet[Work]:
        return self.model._default_manager.filter(pk__in=pks)
