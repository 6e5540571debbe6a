"""Reading for the penalty desk and for sellers: who is near a threshold, what was imposed, one seller's ledger."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Prefetch, QuerySet, Sum
from django.shortcuts import get_object_or_404
from django.utils import timezone

from enforcement.models import Appeal, Case, Decision, Sanction, Violation
from enforcement.queries.approvals import unreviewed
from enforcement.queries.ledgers import Standing, ladder_of, notices_of, standing_of
from enforcement.queries.words import amount_words, step_words, track_words
from enforcement.rules.ladder import Entry, Outlook
from klean.core.models import Role, User
from klean.core.policy import policy_at
from sellers.models import Seller
from sellers.queries.shops import sellers_of

STAFF = (Role.PENALTIES, Role.SENIOR, Role.MODERATOR)
SHOWN = 50
COUNTED = 100


@dataclass(frozen=True, slots=True)
class Near:
    """A seller with points on a track, and what the next step is."""

    seller: Seller
    track: str
    total: str
    next_step: str
    missing: int
    progress: int


def near_thresholds(*, at: datetime) -> list[Near]:
    """The sellers with the least missing to their next step, from the counted points that live now."""
    tracks = ladder_of(policy_at(at)).tracks
    live = Violation.objects.filter(voided_at=None, confirmed_at__lte=at, expires_at__gt=at, track__in=tracks)
    sums = live.values("seller_id", "track").annotate(total=Sum("counted")).filter(total__gt=0)
    rows = list(sums.order_by("-total", "seller_id")[: SHOWN * 4])
    sellers = Seller.objects.in_bulk([row["seller_id"] for row in rows])
    found = [
        near for row in rows if (near := _near(sellers[row["seller_id"]], tracks[row["track"]], row["total"]))
    ]
    return sorted(found, key=lambda near: (near.missing, near.seller.pk))[:SHOWN]


def _near(seller: Seller, track: Any, total: int) -> Near | None:
    if (after := track.after(total)) is None:
        return None
    step, missing = after
    share = round(100 * total / (total + missing))
    return Near(seller, track_words(track.name), amount_words(total, track), step_words(step), missing, share)


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for the penalty desk, counted up to ``COUNTED``."""

    approvals: str
    emergencies: str
    appeals: str
    late_appeals: str


def waiting_now(*, at: datetime) -> Waiting:
    open_appeals = Appeal.objects.filter(state__in=Appeal.OPEN)
    return Waiting(
        approvals=_up_to(Decision.objects.filter(state=Decision.State.UNAPPROVED)),
        emergencies=_up_to(unreviewed()),
        appeals=_up_to(open_appeals),
        late_appeals=_up_to(open_appeals.filter(answer_by__lte=at)),
    )


def _up_to(rows: QuerySet[Any]) -> str:
    count = len(rows.order_by().values_list("pk", flat=True)[:COUNTED])
    return f"{COUNTED}+" if count == COUNTED else str(count)


def recent_sanctions() -> QuerySet[Sanction]:
    return Sanction.objects.select_related("seller", "violation__decision").order_by("-pk")


def sanction_for(user: User, sanction_id: int) -> Sanction:
    rows = Sanction.objects.select_related("seller")
    return get_object_or_404(
        rows if user.has_role(Role.PENALTIES, Role.SENIOR) else rows.none(), pk=sanction_id
    )


def dossier_for(user: User, external_id: str) -> Seller:
    """The seller for staff; 404 for everybody else."""
    rows = Seller.objects.select_related("trader_entity", "organisation")
    return get_object_or_404(rows if user.has_role(*STAFF) else rows.none(), external_id=external_id)


def standing_readers(user: User | None) -> QuerySet[Seller]:
    """The sellers whose standing this person may read; machines of the marketplace, which are None, all."""
    return Seller.objects.all() if user is None or user.has_role(*STAFF) else sellers_of(user)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a ledger as it is read: the arithmetic and the decision that it rests on."""

    entry: Entry
    violation: Violation
    is_live: bool
    notices: list[int]

    @property
    def counting(self) -> str:
        return str(Violation.Counting(self.entry.counting).label)


@dataclass(frozen=True, slots=True)
class TrackPage:
    """One track of a seller in words."""

    name: str
    total: str
    next_words: str
    next_expiry: datetime | None
    progress: int
    lines: list[Line]


def track_pages(standing: Standing, *, at: datetime) -> list[TrackPage]:
    """The tracks that a seller has entries on, or could: totals, what comes next, every entry."""
    notices = notices_of(standing)
    return [_track_page(outlook, standing, notices, at=at) for outlook in standing.outlooks]


def _track_page(
    outlook: Outlook, standing: Standing, notices: dict[int, list[int]], *, at: datetime
) -> TrackPage:
    track = outlook.track
    whole = outlook.total + outlook.missing
    lines = []
    for entry in reversed(outlook.entries):
        violation = standing.violations[entry.id]
        listing_id = violation.decision.case.listing_id
        told = notices.get(listing_id, []) if listing_id else []
        lines.append(Line(entry, violation, entry.is_live(at), told))
    return TrackPage(
        name=track_words(track.name),
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


def linked_shops(seller: Seller) -> list[Seller]:
    """Other shops of the same trader entity."""
    if seller.trader_entity_id is None:
        return []
    return list(Seller.objects.filter(trader_entity=seller.trader_entity_id).exclude(pk=seller.pk)[:SHOWN])


def open_cases(seller: Seller) -> list[Case]:
    rows = Case.objects.filter(seller=seller, state__in=Case.PENDING).select_related("listing", "seller")
    return list(rows.order_by(F("priority") * -1, "opened_at")[:SHOWN])


def decisions_about(user: User) -> QuerySet[Decision]:
    """What was decided about the person's own shops, where the seller is told."""
    rows = Decision.objects.filter(
        seller__in=sellers_of(user), state__in=(Decision.State.IN_FORCE, Decision.State.FALLEN)
    ).exclude(outcome=Decision.Outcome.NOT_INFRINGING)
    appeals = Appeal.objects.filter(party=Appeal.Party.SELLER)
    return rows.select_related("case__listing", "seller", "violation", "policy").prefetch_related(
        Prefetch("appeals", appeals, to_attr="own_appeals")
    )


def decision_for(user: User, decision_id: int) -> Decision:
    return get_object_or_404(decisions_about(user), pk=decision_id)


def standings_of(user: User, *, at: datetime) -> list[Standing]:
    """Every own shop with its standing."""
    return [standing_of(seller, at=at) for seller in sellers_of(user).order_by("pk")]
