"""A ladder over the whole recorded history at once: the k-th violation of every seller in one step of arrays.

Says for every violation what ``enforcement.sanctions.rules.ladder`` says one seller at a time; arrays, because history is long.
Times are microseconds since 1970; a bundle is taken to be shorter than half of the memory, which parsing demands.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from enforcement.sanctions.rules.policy import Ladder, Track

Ints = NDArray[np.int64]
RUNGS = ("", "WARNING", "RESTRICTION", "SUSPENSION", "CLOSURE")
DAY = 86_400_000_000
QUARTER = 900_000_000
NEVER = np.iinfo(np.int64).max
CELLS = 4_000_000


@dataclass(frozen=True)
class History:
    """Confirmed violations as columns of one length, in order of seller, time and id; ``severity`` indexes ``names``."""

    seller: Ints
    at: Ints
    severity: Ints
    names: Sequence[str]


@dataclass(frozen=True)
class Replayed:
    """For each violation of the history: what it counts, its total, and the sanction it leads to (0: none)."""

    counted: Ints
    total: Ints
    rung: Ints
    ends: Ints

    def standings(self, history: History, *, at: int) -> tuple[Ints, Ints]:
        """Every seller of the history, and the gravest rung that lives at that time."""
        live = (history.at <= at) & (self.ends > at)
        sellers, place = np.unique(history.seller, return_inverse=True)
        gravest = np.zeros(len(sellers), np.int64)
        np.maximum.at(gravest, place[live], self.rung[live])
        return sellers, gravest


def replay(history: History, ladder: Ladder) -> Replayed:
    """Every violation judged by this ladder; one of a severity that it does not know counts nothing."""
    size = len(history.seller)
    found = Replayed(*(np.zeros(size, np.int64) for _ in range(4)))
    used = [history.names[code] for code in np.unique(history.severity)] if size else []
    track_of = {name: ladder.severities[name].track for name in used if name in ladder.severities}
    days = _local_days(history.at, ladder)
    for track_name, track in ladder.tracks.items():
        codes = [code for code, name in enumerate(history.names) if track_of.get(name) == track_name]
        rows = np.flatnonzero(np.isin(history.severity, codes))
        if len(rows):
            _replay_track(rows, history, days, ladder, track, found)
    return found


def _local_days(at: Ints, ladder: Ladder) -> Ints:
    """The day in the ladder's zone; offsets change on quarters of an hour."""
    quarters, place = np.unique(at // QUARTER, return_inverse=True)
    offsets = [
        _offset(datetime.fromtimestamp(int(quarter) * QUARTER // 1_000_000, UTC), ladder)
        for quarter in quarters
    ]
    return (at + np.array(offsets, np.int64)[place]) // DAY if len(at) else at


def _offset(moment: datetime, ladder: Ladder) -> int:
    offset = moment.astimezone(ladder.zone).utcoffset()
    return int(offset.total_seconds()) * 1_000_000 if offset else 0


def _replay_track(
    rows: Ints, history: History, days: Ints, ladder: Ladder, track: Track, found: Replayed
) -> None:
    """Sellers with about as many violations go together: nobody waits for the one with thousands."""
    _sellers, first, count = np.unique(history.seller[rows], return_index=True, return_counts=True)
    order = np.argsort(count, kind="stable")
    first, count = first[order], count[order]
    start = 0
    while start < len(first):
        alike = int(np.searchsorted(count, 2 * count[start], side="right"))
        stop = min(alike, start + max(1, CELLS // int(count[alike - 1])))
        width = int(count[stop - 1])
        cells = first[start:stop, None] + np.arange(width)
        filled = np.arange(width) < count[start:stop, None]
        grid = rows[np.where(filled, cells, first[start:stop, None])]
        _replay_grid(grid, filled, history, days, ladder, track, found)
        start = stop


def _replay_grid(
    grid: Ints,
    filled: NDArray[np.bool_],
    history: History,
    days: Ints,
    ladder: Ladder,
    track: Track,
    found: Replayed,
) -> None:
    """``grid[s, k]`` is the row of seller s's k-th violation on the track."""
    at, day, severity = history.at[grid], days[grid], history.severity[grid]
    known = [ladder.severities.get(name) for name in history.names]
    points = np.array([row.points if row else 0 for row in known], np.int64)[severity]
    is_free = np.array([bool(row and row.first_is_free) for row in known])[severity]
    memory = int(ladder.memory.total_seconds()) * 1_000_000
    counted = np.zeros_like(at)
    bundles = np.zeros_like(at)
    for k in range(grid.shape[1]):
        now = at[:, k]
        live = at[:, :k] + memory > now[:, None]
        before = (counted[:, :k] * live).sum(axis=1)
        room = points[:, k]
        if track.bundle is not None:
            room = _room_in_bundle(room, now, counted, bundles, live, k, track)
        if track.cap_per_day is not None:
            today = (counted[:, :k] * (live & (day[:, :k] == day[:, k : k + 1]))).sum(axis=1)
            room = np.minimum(room, np.maximum(0, track.cap_per_day - today))
        is_first = ~(live & (severity[:, :k] == severity[:, k : k + 1])).any(axis=1)
        counted[:, k] = np.where(is_free[:, k] & is_first, 0, room)
        here, valid = grid[:, k], filled[:, k]
        _write(here[valid], before[valid], counted[valid, k], now[valid] + memory, now[valid], track, found)


def _room_in_bundle(
    room: Ints, now: Ints, counted: Ints, bundles: Ints, live: NDArray[np.bool_], k: int, track: Track
) -> Ints:
    """What is left of the points beside those that the open bundle has taken; notes the bundle of the k-th."""
    span = int(track.bundle.total_seconds()) * 1_000_000 if track.bundle else 0
    if k == 0:
        bundles[:, 0] = now
        return room
    is_open = now < bundles[:, k - 1] + span
    bundles[:, k] = np.where(is_open, bundles[:, k - 1], now)
    same = live & (bundles[:, :k] == bundles[:, k : k + 1])
    left: Ints = np.maximum(0, room - (counted[:, :k] * same).sum(axis=1))
    return left


def _write(
    rows: Ints, before: Ints, counted: Ints, expires: Ints, now: Ints, track: Track, found: Replayed
) -> None:
    total = before + counted
    rank, rank_before = _ranks(total, track), _ranks(before, track)
    steps = track.steps
    place = np.zeros_like(rank) if track.repeats else np.maximum(rank - 1, 0)
    rung = np.array([RUNGS.index(step.rung) for step in steps], np.int64)[place]
    length = np.array([(step.days or 0) * DAY for step in steps], np.int64)[place]
    ends = np.where(rung == RUNGS.index("WARNING"), expires, np.where(length > 0, now + length, NEVER))
    is_due = rank > rank_before
    found.counted[rows], found.total[rows] = counted, total
    found.rung[rows], found.ends[rows] = np.where(is_due, rung, 0), np.where(is_due, ends, 0)


def _ranks(totals: Ints, track: Track) -> Ints:
    if track.repeats:
        return totals // track.steps[0].reached
    reached = np.array([step.reached for step in track.steps], np.int64)
    return np.asarray(np.searchsorted(reached, totals, side="right"), np.int64)
