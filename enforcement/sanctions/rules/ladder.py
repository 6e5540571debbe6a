"""The penalty ladder as data: what a violation counts, what it leads to, and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from enforcement.sanctions.rules.policy import Ladder, Severity, Step, Track
from klean.core.policy.rules.calendar import day_of


class Counting(StrEnum):
    """Why a violation counts what it counts."""

    FULL = "FULL"
    FIRST_FREE = "FIRST_FREE"
    CAPPED = "CAPPED"
    BUNDLED = "BUNDLED"


@dataclass(frozen=True, slots=True)
class Past:
    """A confirmed violation that nobody voided; ``policy`` names the ladder that judges it."""

    id: int
    severity: str
    at: datetime
    policy: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a points ledger, with the arithmetic that led to it."""

    id: int
    at: datetime
    severity: str
    track: str
    points: int
    counted: int
    counting: Counting
    expires_at: datetime
    total: int
    step: Step | None
    policy: str

    def is_live(self, at: datetime) -> bool:
        return self.at <= at < self.expires_at


@dataclass(frozen=True, slots=True)
class Outlook:
    """Where a seller stands on one track, and what comes next."""

    name: str
    track: Track
    total: int
    next_step: Step | None
    missing: int
    next_expiry: datetime | None
    entries: tuple[Entry, ...] = field(default=())


def ledger_of(pasts: list[Past], ladders: Mapping[str, Ladder]) -> list[Entry]:
    """Every violation in order of time, each judged by its own ladder and by those still live before it."""
    entries: list[Entry] = []
    for past in sorted(pasts, key=lambda past: (past.at, past.id)):
        ladder = ladders[past.policy]
        track = ladder.severities[past.severity].track
        live = [entry for entry in entries if entry.track == track and entry.is_live(past.at)]
        entries.append(_entry(past, live, ladder))
    return entries


def _entry(past: Past, live: list[Entry], ladder: Ladder) -> Entry:
    severity = ladder.severities[past.severity]
    track = ladder.tracks[severity.track]
    counted, counting = _counted(past, severity, track, live, ladder.zone)
    before = sum(entry.counted for entry in live)
    rank = track.rank(before + counted)
    return Entry(
        id=past.id,
        at=past.at,
        severity=past.severity,
        track=severity.track,
        points=severity.points,
        counted=counted,
        counting=counting,
        expires_at=past.at + ladder.memory,
        total=before + counted,
        step=track.step_at(rank) if rank > track.rank(before) else None,
        policy=past.policy,
    )


def _counted(
    past: Past, severity: Severity, track: Track, live: list[Entry], zone: ZoneInfo
) -> tuple[int, Counting]:
    if severity.first_is_free and not any(entry.severity == past.severity for entry in live):
        return 0, Counting.FIRST_FREE
    room, why = severity.points, Counting.FULL
    if track.bundle is not None:
        taken = sum(entry.counted for entry in _bundle(past, live, track.bundle))
        if taken:
            room, why = max(0, room - taken), Counting.BUNDLED
    if track.cap_per_day is not None:
        day = day_of(past.at, zone)
        today = sum(entry.counted for entry in live if day_of(entry.at, zone) == day)
        if room > track.cap_per_day - today:
            room, why = max(0, track.cap_per_day - today), Counting.CAPPED
    return room, why


def _bundle(past: Past, live: list[Entry], span: timedelta) -> list[Entry]:
    """The open bundle that this violation falls into: it begins with its first and lasts ``span``."""
    bundle: list[Entry] = []
    for entry in live:
        if not bundle or entry.at >= bundle[0].at + span:
            bundle = []
        bundle.append(entry)
    return bundle if bundle and past.at < bundle[0].at + span else []


def outlooks(entries: list[Entry], ladder: Ladder, *, at: datetime) -> list[Outlook]:
    """For every track of this ladder: the live total, what is missing to the next step, the next expiry."""
    found = []
    for name, track in ladder.tracks.items():
        on_track = tuple(entry for entry in entries if entry.track == name)
        live = [entry for entry in on_track if entry.is_live(at)]
        total = sum(entry.counted for entry in live)
        step, missing = track.after(total) or (None, 0)
        expiries = [entry.expires_at for entry in live if entry.counted]
        found.append(Outlook(name, track, total, step, missing, min(expiries, default=None), on_track))
    return found


def what_if(
    pasts: list[Past], ladders: Mapping[str, Ladder], severity: str, *, policy: str, at: datetime
) -> Entry:
    """The entry that one more violation would make now."""
    entries = ledger_of([*pasts, Past(id=2**63, severity=severity, at=at, policy=policy)], ladders)
    return next(entry for entry in entries if entry.id == 2**63)
