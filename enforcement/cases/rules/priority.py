"""Why a case stands where it stands in the queue: visible parts whose sum is its priority."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from enforcement.cases.rules.policy import Cases, Priority
from klean.core.policy.rules.calendar import Calendar


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of evidence, as far as the order of the queue cares."""

    source: str
    score: float = 0.0
    amount: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    code: str
    points: int
    value: str = ""


@dataclass(frozen=True, slots=True)
class Ranking:
    """``changes_at`` is when the clock alone will change the priority next."""

    source: str
    answer_by: datetime
    parts: tuple[Part, ...]
    changes_at: datetime | None

    @property
    def priority(self) -> int:
        return sum(part.points for part in self.parts)


def rank(
    pieces: Sequence[Piece], policy: Cases, calendar: Calendar, *, opened_at: datetime, at: datetime
) -> Ranking:
    """Rank a case by its evidence and its clock, which may run in business hours alone."""
    weights = policy.priority
    sources = {piece.source for piece in pieces}
    source = max(sources, key=lambda name: (weights.source[name], name))
    answer_by = _answer_by(opened_at, min(policy.answer_hours[name] for name in sources), policy, calendar)
    soon = answer_by - timedelta(hours=weights.soon_hours)
    parts = [
        Part("source", weights.source[source], source),
        *_weight_of(pieces, weights),
        *_clock(at, soon, answer_by, weights),
    ]
    upcoming = [moment for moment in (soon, answer_by) if moment > at]
    return Ranking(
        source, answer_by, tuple(part for part in parts if part.points), min(upcoming, default=None)
    )


def _answer_by(opened_at: datetime, hours: int, policy: Cases, calendar: Calendar) -> datetime:
    if policy.answers_in_business_hours:
        return calendar.after_hours(opened_at, hours)
    return opened_at + timedelta(hours=hours)


def _weight_of(pieces: Sequence[Piece], weights: Priority) -> list[Part]:
    score = max(piece.score for piece in pieces)
    amount = sum(piece.amount for piece in pieces)
    repeats = len(pieces) - 1
    return [
        Part("repeats", min(weights.per_repeat * repeats, weights.max_for_repeats), str(len(pieces))),
        Part("score", round(weights.score * score), f"{score:.2f}"),
        Part("money", min(amount // weights.won_per_point, weights.max_for_money), str(amount)),
    ]


def _clock(at: datetime, soon: datetime, answer_by: datetime, weights: Priority) -> list[Part]:
    if at >= answer_by:
        return [Part("overdue", weights.overdue)]
    return [Part("due_soon", weights.soon)] if at >= soon else []
