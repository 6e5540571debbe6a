"""Taking in lists from outside, with their source and date."""

import hashlib
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from governance.facts import FeedImported
from governance.models import ExternalFeed, ExternalRecord
from klean.core.events.actors import Actor
from klean.core.events.record import record
from klean.core.importing.cells import read_date, read_integer, read_required_text, read_text
from klean.core.importing.feeds import Feed

RENEWED = ["feed", "happened_on", "brand", "goods", "country", "quantity"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What a list is, whose, as of when."""

    kind: str
    source: str
    dated_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    number: str
    happened_on: date | None
    brand: str
    goods: str
    country: str
    quantity: int | None


def parse_record(row: dict[str, Any]) -> Record:
    """A row of a list from outside; raises ``BadRow``."""
    return Record(
        number=read_required_text(row, "number", max_length=100),
        happened_on=read_date(row, "date"),
        brand=read_text(row, "brand", max_length=200) or "",
        goods=read_text(row, "goods", max_length=500) or "",
        country=read_text(row, "country", max_length=100) or "",
        quantity=read_integer(row, "quantity"),
    )


@transaction.atomic
def import_feed(feed: Feed, origin: Origin, *, at: datetime, actor: Actor) -> tuple[ExternalFeed, bool]:
    """All good rows of a list, renewing what the source said before; the same file again changes nothing."""
    with feed.path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    taken, is_new = ExternalFeed.objects.get_or_create(
        **asdict(origin), sha256=digest, defaults={"imported_at": at, "imported_by": str(actor)}
    )
    if not is_new:
        return taken, False
    for batch in feed.batches():
        parsed = feed.parsed(batch, parse_record)
        rows = [row for line, row in parsed if not feed.is_repeated("number", line, row.number)]
        taken.rows += _renew(taken, rows)
    taken.faults = feed.faults
    taken.save(update_fields=["rows", "faults"])
    fact = FeedImported(
        feed_id=taken.pk, kind=taken.kind, rows=taken.rows, faults=taken.faults, sha256=digest
    )
    record(fact, about=taken, at=at, actor=actor)
    return taken, True


def _renew(feed: ExternalFeed, rows: list[Record]) -> int:
    ExternalRecord.objects.bulk_create(
        [ExternalRecord(feed=feed, kind=feed.kind, source=feed.source, **asdict(row)) for row in rows],
        update_conflicts=True,
        unique_fields=["kind", "source", "number"],
        update_fields=RENEWED,
    )
    return len(rows)
