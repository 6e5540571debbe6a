"""Sellers who are close to their next sanction."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Sum

from enforcement.sanctions.models import Violation
from enforcement.sanctions.queries.words import amount_words, step_words, track_words
from enforcement.sanctions.rules.policy import Ladder, Track
from klean.core.policy.queries import policy_at
from sellers.models import Seller

MAX_ROWS = 50  # as many as a page shows


@dataclass(frozen=True, slots=True)
class NearThreshold:
    """A seller with points on a track, and what the next step is."""

    seller: Seller
    track: str
    total: str
    next_step: str
    missing: int
    progress: int


def near_thresholds(*, at: datetime) -> list[NearThreshold]:
    """The sellers with the least missing to their next step, from the counted points that live now."""
    tracks = policy_at(at)[Ladder].tracks
    live = Violation.objects.filter(voided_at=None, confirmed_at__lte=at, expires_at__gt=at, track__in=tracks)
    sums = live.values("seller_id", "track").annotate(total=Sum("counted")).filter(total__gt=0)
    rows = list(sums.order_by("-total", "seller_id")[: MAX_ROWS * 4])
    sellers = Seller.objects.in_bulk([row["seller_id"] for row in rows])
    found = [
        near
        for row in rows
        if (near := _near(sellers[row["seller_id"]], row["track"], tracks[row["track"]], row["total"]))
    ]
    return sorted(found, key=lambda near: (near.missing, near.seller.pk))[:MAX_ROWS]


def _near(seller: Seller, name: str, track: Track, total: int) -> NearThreshold | None:
    if (after := track.after(total)) is None:
        return None
    step, missing = after
    share = round(100 * total / (total + missing))
    return NearThreshold(
        seller, track_words(name), amount_words(total, track), step_words(step), missing, share
    )
