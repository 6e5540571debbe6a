"""Reports of a month: the published edition, or the month as it stands, counted at most once a minute."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from cryptography.exceptions import InvalidSignature
from django.core.cache import cache
from django.db.models import QuerySet
from django.utils import timezone

from governance.models import Edition
from governance.queries.figures import Figures, Period, figures_of
from governance.rules.months import first_day, next_month
from klean.core.events.chain import Head, chain_head
from klean.core.events.models import Event

FRESH_RUNNING = timedelta(minutes=1)
FRESH_OVER = timedelta(days=1)
KEPT_S = 7 * 24 * 3600
SHAPE = 1


@dataclass(frozen=True)
class Report:
    """``body`` is what the JSON says; ``edition`` is None while nothing is published."""

    month: datetime
    body: dict[str, Any]
    edition: Edition | None

    @property
    def figures(self) -> Figures:
        found: Figures = self.body["figures"]
        return found


def text_of(body: dict[str, Any]) -> str:
    """The one way to write a body, so that the same figures are the same bytes."""
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def body_of(
    month: datetime, head: Head, *, number: int | None = None, corrects: int | None = None
) -> dict[str, Any]:
    """What a report of the month says, counted from the log up to ``head``."""
    ends = next_month(month)
    return {
        "report": "klean-transparency",
        "shape": SHAPE,
        "month": f"{month:%Y-%m}",
        "begins": month.isoformat(),
        "ends": ends.isoformat(),
        "edition": number,
        "corrects": corrects,
        "events": {"position": head.position, "head": head.hash},
        "figures": figures_of(Period(month, ends, head.position)),
    }


def head_as_of(at: datetime) -> Head:
    """The last sealed event that happened before this time."""
    last = Event.objects.filter(position__isnull=False, at__lt=at).order_by("-position").first()
    return Head(last.position or 0, last.hash) if last else Head(0, "")


def editions() -> QuerySet[Edition]:
    return Edition.objects.select_related("key", "corrects", "corrected_by")


def current_editions(months: Sequence[datetime]) -> dict[str, Edition]:
    """The edition that stands for each of the months that have one."""
    found = editions().filter(month__in=[first_day(month) for month in months], corrected_by=None)
    return {f"{edition.month:%Y-%m}": edition for edition in found}


def reports_of(months: Sequence[datetime]) -> list[Report]:
    published = current_editions(months)
    return [
        report_of_edition(published[key], month)
        if (key := f"{month:%Y-%m}") in published
        else _running(month)
        for month in months
    ]


def report_of_edition(edition: Edition, month: datetime) -> Report:
    return Report(month, json.loads(edition.body), edition)


def report_as_of(month: datetime, at: datetime) -> Report:
    """The month as the log told it at that time: the same figures whenever it is asked for."""
    head = head_as_of(at)
    key = f"governance.report:{month:%Y-%m}:{head.position}"
    body: dict[str, Any] = cache.get(key) or body_of(month, head)
    cache.set(key, body, KEPT_S)
    return Report(month, body, None)


def _running(month: datetime) -> Report:
    """When the figures are old, one of all that ask counts again, and the others are told the old ones meanwhile."""
    key = f"governance.report:{month:%Y-%m}"
    known: tuple[datetime, dict[str, Any]] | None = cache.get(key)
    now = timezone.now()
    fresh = FRESH_RUNNING if now < next_month(month) else FRESH_OVER
    if known is None or (now - known[0] >= fresh and cache.add(f"{key}:counting", True, 60)):
        known = (now, body_of(month, chain_head()))
        cache.set(key, known, KEPT_S)
        cache.delete(f"{key}:counting")
    return Report(month, known[1], None)


def first_event_at() -> datetime | None:
    return Event.objects.filter(position=1).values_list("at", flat=True).first()


def fault_of_edition(edition: Edition) -> str:
    """What is wrong with a published edition, counted again from the log; ``""`` when nothing is."""
    text = edition.body.encode()
    if hashlib.sha256(text).hexdigest() != edition.sha256:
        return "its bytes are not those of its SHA-256"
    try:
        edition.key.verify(bytes(edition.signature), text)
    except InvalidSignature:
        return "its signature does not fit its bytes"
    month = datetime.fromisoformat(json.loads(edition.body)["begins"])
    corrects = edition.corrects.number if edition.corrects else None
    again = text_of(
        body_of(month, Head(edition.position, edition.head), number=edition.number, corrects=corrects)
    )
    return "" if again == edition.body else "the log gives other figures"
