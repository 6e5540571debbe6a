"""A seller's points as people read them, each with the decision that it rests on."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from enforcement.decisions.models import Decision
from enforcement.sanctions.models import Violation
from enforcement.sanctions.queries.ledgers import Standing, notices_of
from enforcement.sanctions.queries.words import amount_words, severity_words, step_words, track_words
from enforcement.sanctions.rules.ladder import Entry, Outlook
from klean.core.access.models import Role, User
from sellers.models import Seller
from sellers.queries.shops import sellers_of

STAFF = (Role.PENALTIES, Role.SENIOR, Role.MODERATOR)


def standing_readers(user: User | None) -> QuerySet[Seller]:
    """The sellers whose standing this person may read; machines of the marketplace, which are None, all."""
    return Seller.objects.all() if user is None or user.has_role(*STAFF) else sellers_of(user)


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One line of a ledger as it is read: the arithmetic and the decision that it rests on."""

    entry: Entry
    violation: Violation
    decision_id: int
    is_live: bool
    notices: list[int]

    @property
    def counting(self) -> str:
        return str(Violation.Counting(self.entry.counting).label)

    @property
    def severity_words(self) -> str:
        return severity_words(self.entry.severity)


@dataclass(frozen=True, slots=True)
class TrackPage:
    """One track of a seller in words."""

    name: str
    total: str
    next_words: str
    next_expiry: datetime | None
    progress: int
    lines: list[LedgerLine]


def track_pages(standing: Standing, *, at: datetime) -> list[TrackPage]:
    """The tracks that a seller has entries on, or could: totals, what comes next, every entry."""
    notices, decisions = notices_of(standing), decisions_of(standing)

    def line(entry: Entry) -> LedgerLine:
        violation = standing.violations[entry.id]
        upheld = notices.get(violation.case.listing_id or 0, [])
        return LedgerLine(entry, violation, decisions[entry.id], entry.is_live(at), upheld)

    return [
        _track_page(outlook, [line(entry) for entry in reversed(outlook.entries)])
        for outlook in standing.outlooks
    ]


def decisions_of(standing: Standing) -> dict[int, int]:
    """For each of the seller's violations: the decision that confirmed it."""
    rows = Decision.objects.filter(seller=standing.seller, violation__isnull=False)
    return dict(rows.values_list("violation", "pk"))


def _track_page(outlook: Outlook, lines: list[LedgerLine]) -> TrackPage:
    track = outlook.track
    whole = outlook.total + outlook.missing
    return TrackPage(
        name=track_words(outlook.name),
        total=amount_words(outlook.total, track),
        next_words=next_words(outlook),
        next_expiry=outlook.next_expiry,
        progress=round(100 * outlook.total / whole) if whole else 0,
        lines=lines,
    )


def next_words(outlook: Outlook) -> str:
    """“6 points more: suspension 7 days”; nothing follows the last step."""
    if outlook.next_step is None:
        return ""
    return f"{amount_words(outlook.missing, outlook.track)} → {step_words(outlook.next_step)}"


def points_over_time(standing: Standing, *, at: datetime) -> tuple[list[str], list[int]]:
    """The live total of all tracks at the end of each of the last 53 weeks, for a plot."""
    entries = [entry for outlook in standing.outlooks for entry in outlook.entries]
    moments = [at - timedelta(weeks=week) for week in range(52, -1, -1)]
    labels = [timezone.localtime(moment).strftime("%Y-%m-%d") for moment in moments]
    return labels, [sum(entry.counted for entry in entries if entry.is_live(moment)) for moment in moments]
