"""The public statements of reasons: their fields alone, never the texts that name a shop."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.db.models.fields.json import KT
from django.utils import timezone

from enforcement.decisions.models import Statement
from governance.rules.months import next_month

FEWEST = 2


def statements(*, text: str = "", category: str = "", month: datetime | None = None) -> QuerySet[Statement]:
    """Newest first; ``text`` is looked for in the facts and grounds that a statement gives."""
    found = Statement.objects.filter(party=Statement.Party.SELLER).order_by("-pk")
    if category:
        found = found.filter(fields__category=category)
    if month:
        found = found.filter(issued_at__gte=month, issued_at__lt=next_month(month))
    if len(text) >= FEWEST:
        found = found.annotate(facts=KT("fields__decision_facts")).filter(facts__icontains=text)
    return found


def categories() -> list[str]:
    return sorted(
        Statement.objects.filter(kind=Statement.Kind.DECISION, party=Statement.Party.SELLER)
        .order_by()
        .values_list("fields__category", flat=True)
        .distinct()
    )


def public_record(statement: Statement) -> dict[str, Any]:
    """What everybody may know of a statement."""
    return {
        "puid": statement.puid,
        "kind": statement.kind,
        "issued_on": f"{timezone.localtime(statement.issued_at):%Y-%m-%d}",
        **statement.fields,
    }


def public_records(found: QuerySet[Statement]) -> Iterator[dict[str, Any]]:
    """Every one that was found, read in batches by the database."""
    return (public_record(statement) for statement in found.iterator(chunk_size=1000))
