"""Statements of reasons to print, and as the DSA transparency database takes them."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from enforcement.decisions.models import Decision, Statement
from enforcement.decisions.rules.dsa import faults_of_submission
from klean.core.documents.pdf import pdf_of
from klean.core.policy.rules.calendar import Calendar
from klean.core.rows.texts import in_order, own_language


def statement_pdf(decision: Decision) -> bytes:
    """Every statement to the seller about this decision, in the order of the languages, the same bytes each time."""
    statements = decision.statements.filter(party=Statement.Party.SELLER).order_by("pk")
    day_of = decision.policy[Calendar].day_of
    data = {
        "title": f"Klean · {decision.seller.name}",
        "language": own_language(),
        "statements": [
            {"puid": row.puid, "on": day_of(row.issued_at).isoformat(), "texts": in_order(row.texts)}
            for row in statements
        ],
    }
    return pdf_of("statement.typ", data)


def dsa_submissions(
    *, since: datetime | None = None, until: datetime | None = None
) -> Iterator[tuple[dict[str, Any], list[str]]]:
    """Each statement to a seller as the database takes it, with what its published rules find wrong in it."""
    rows = Statement.objects.filter(party=Statement.Party.SELLER, kind=Statement.Kind.DECISION)
    rows = rows.filter(issued_at__gte=since) if since else rows
    rows = rows.filter(issued_at__lt=until) if until else rows
    for fields in rows.order_by("pk").values_list("fields", flat=True).iterator(chunk_size=1000):
        yield fields, faults_of_submission(fields)
