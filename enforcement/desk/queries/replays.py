"""What a draft policy would have made of the recorded history, beside what is recorded."""

import io
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
from django.db import connection

from enforcement.sanctions.models import Rung, Sanction, Violation
from enforcement.sanctions.queries.history import RUNGS, History, Replayed, replay
from enforcement.sanctions.queries.words import severity_words
from enforcement.sanctions.rules.policy import Ladder
from enforcement.sanctions.rules.standing import STANDING_UNDER, STANDINGS
from sellers.models import Seller

MAX_CHANGES = 200  # as many as a page shows
READ = """
COPY (
    SELECT seller_id, (extract(epoch FROM confirmed_at) * 1000000)::bigint,
           array_position(ARRAY[{names}]::varchar[], severity) - 1
    FROM enforcement_violation WHERE voided_at IS NULL AND confirmed_at <= '{at}'
    ORDER BY seller_id, confirmed_at, id
) TO STDOUT (DELIMITER ' ')
"""


def read_history(*, at: datetime) -> History:
    """Every violation that stands, read in one statement."""
    names = sorted(Violation.objects.order_by().values_list("severity", flat=True).distinct())
    if not names:
        empty = np.zeros(0, np.int64)
        return History(empty, empty, empty, [])
    quoted = ", ".join("'" + name.replace("'", "''") + "'" for name in names)
    taken = io.BytesIO()
    with connection.cursor() as cursor:
        cursor.copy_expert(READ.format(names=quoted, at=at.isoformat()), taken)
    table = np.fromstring(taken.getvalue().decode(), dtype=np.int64, sep=" ").reshape(-1, 3)
    return History(table[:, 0].copy(), table[:, 1].copy(), table[:, 2].copy(), names)


@dataclass(frozen=True, slots=True)
class Change:
    """A seller whom the draft would treat otherwise than is recorded now."""

    seller: Seller
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the draft would do: who would stand otherwise, and how many sanctions a month it would impose.

    ``unknown`` names the severities in the history for which it has no rule, so that they count nothing.
    """

    sellers: int
    violations: int
    unknown: list[str]
    moves: list[tuple[str, str, int]]
    changes: list[Change]
    months: list[tuple[str, dict[str, int], dict[str, int]]]


def replay_draft(ladder: Ladder, *, at: datetime) -> Answer:
    """The draft over the history, compared with the standings and the sanctions that are recorded."""
    history = read_history(at=at)
    done = replay(history, ladder)
    sellers, gravest = done.standings(history, at=_micro(at))
    after = {
        int(pk): STANDING_UNDER.get(RUNGS[rung], "ACTIVE") for pk, rung in zip(sellers, gravest, strict=True)
    }
    before = dict(Seller.objects.exclude(standing="ACTIVE").values_list("pk", "standing"))
    moved = [
        (before.get(pk, "ACTIVE"), after.get(pk, "ACTIVE"), pk)
        for pk in sorted(before.keys() | after.keys())
        if before.get(pk, "ACTIVE") != after.get(pk, "ACTIVE")
    ]
    return Answer(
        sellers=len(sellers),
        violations=len(history.seller),
        unknown=[severity_words(name) for name in history.names if name not in ladder.severities],
        moves=_moves(moved),
        changes=_changes(moved),
        months=_months(history, done, at=at),
    )


def _micro(at: datetime) -> int:
    return int(at.timestamp() * 1_000_000)


def _moves(moved: list[tuple[str, str, int]]) -> list[tuple[str, str, int]]:
    counts = Counter((before, after) for before, after, _pk in moved)
    ordered = sorted(counts, key=lambda pair: (-STANDINGS.index(pair[1]), STANDINGS.index(pair[0])))
    label = Seller.Standing
    return [(str(label(b).label), str(label(a).label), counts[b, a]) for b, a in ordered]


def _changes(moved: list[tuple[str, str, int]]) -> list[Change]:
    """The gravest changes first, as many as a page shows."""
    gravest = sorted(moved, key=lambda row: (-abs(STANDINGS.index(row[1]) - STANDINGS.index(row[0])), row[2]))
    sellers = Seller.objects.in_bulk([pk for *_words, pk in gravest[:MAX_CHANGES]])
    return [
        Change(sellers[pk], str(Seller.Standing(b).label), str(Seller.Standing(a).label))
        for b, a, pk in gravest[:MAX_CHANGES]
        if pk in sellers
    ]


def _months(
    history: History, done: Replayed, *, at: datetime
) -> list[tuple[str, dict[str, int], dict[str, int]]]:
    """For each of the last 12 months: sanctions by rung as recorded, and as the draft would have imposed them."""
    since = at - timedelta(days=365)
    recent = (history.at >= _micro(since)) & (done.rung > 0)
    drafted: dict[str, Counter[str]] = {}
    for moment, rung in zip(history.at[recent], done.rung[recent], strict=True):
        drafted.setdefault(_month(int(moment)), Counter())[RUNGS[rung]] += 1
    recorded: dict[str, Counter[str]] = {}
    rows = Sanction.objects.filter(starts_at__gte=since).exclude(lifting=Sanction.Lifting.NOT_DUE)
    for starts_at, rung in rows.values_list("starts_at", "rung").iterator():
        recorded.setdefault(_month(_micro(starts_at)), Counter())[rung] += 1
    return [
        (month, _by_rung(recorded.get(month)), _by_rung(drafted.get(month)))
        for month in sorted(drafted.keys() | recorded.keys())
    ]


def _month(micro: int) -> str:
    return datetime.fromtimestamp(micro / 1_000_000, UTC).strftime("%Y-%m")


def _by_rung(counts: Any) -> dict[str, int]:
    return {rung: (counts or {}).get(rung, 0) for rung in Rung.values}
