"""What the policy says on sanctions: the ladder, and how long the marketplace carries out what comes with it."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from itertools import pairwise
from typing import Annotated, Literal, Self, get_args
from zoneinfo import ZoneInfo

from pydantic import BaseModel, Field, PositiveInt, model_validator
from pydantic_core import InitErrorDetails

from enforcement.sanctions.rules.severities import COUNTED_SEVERITIES
from klean.core.policy.rules.sections import N_, fault, of_some, refuse

Rung = Literal["WARNING", "RESTRICTION", "SUSPENSION", "CLOSURE"]
RUNGS: tuple[str, ...] = get_args(Rung)
TIMED = ("RESTRICTION", "SUSPENSION")
MeasureKind = Literal[
    "deposit",
    "funds_frozen",
    "hidden_from_search",
    "hold_settlement",
    "limited_campaigns",
    "no_benefits",
    "no_new_goods",
    "no_new_store",
    "sister_stores_closed",
    "sister_stores_restricted",
]
MEASURES: tuple[str, ...] = get_args(MeasureKind)
# What a measure on sister shops makes of their standing.
SISTERS = {"sister_stores_restricted": "RESTRICTED", "sister_stores_closed": "CLOSED"}


class Sanctions(BaseModel, frozen=True, extra="forbid", title=N_("Sanctions")):
    """``later_sisters`` meets a shop that is found to be a sister only while a sanction with such measures lives."""

    later_sisters: Literal["", "sister_stores_restricted", "sister_stores_closed"] = Field(
        title=N_("Measure against linked shops found later")
    )
    measure_days: Annotated[Mapping[str, PositiveInt], of_some(MEASURES)] = Field(
        title=N_("Duration of measures (days)")
    )

    def length_of(self, measure: str) -> timedelta | None:
        """How long the marketplace carries it out; None for what ends with its sanction."""
        days = self.measure_days.get(measure)
        return None if days is None else timedelta(days=days)


class Step(BaseModel, frozen=True, extra="forbid"):
    """What happens when a track's live total reaches ``reached``; ``days`` is None for what no clock ends."""

    reached: PositiveInt = Field(title=N_("Applies from"))
    rung: Rung = Field(title=N_("Sanction"))
    days: PositiveInt | None = Field(None, title=N_("Days"))
    measures: tuple[MeasureKind, ...] = Field((), title=N_("Measures"))

    @model_validator(mode="after")
    def _lasts_as_its_rung_does(self) -> Self:
        if self.rung in TIMED and self.days is None:
            refuse([fault(N_("%(rung)s needs a number of days"), "days", rung=self.rung)])
        if self.rung not in TIMED and self.days is not None:
            refuse([fault(N_("%(rung)s cannot have a number of days"), "days", rung=self.rung)])
        return self


class Track(BaseModel, frozen=True, extra="forbid"):
    """Totals that never mix with another track's; ``repeats`` means the one step returns at each multiple.

    Violations within ``bundle_days`` count as the gravest of them, and all of one day at most ``cap_per_day``.
    """

    steps: Annotated[tuple[Step, ...], Field(min_length=1)] = Field(title=N_("Steps"))
    unit: Literal["points", "strikes"] = Field("points", title=N_("Counted in"))
    cap_per_day: PositiveInt | None = Field(None, title=N_("Maximum per day"))
    bundle_days: PositiveInt | None = Field(None, title=N_("Days within which violations count once"))
    repeats: bool = Field(False, title=N_("Step repeats at each multiple"))

    @property
    def bundle(self) -> timedelta | None:
        return None if self.bundle_days is None else timedelta(days=self.bundle_days)

    def rank(self, total: int) -> int:
        """How many steps this total has reached."""
        if self.repeats:
            return total // self.steps[0].reached
        return sum(step.reached <= total for step in self.steps)

    def step_at(self, rank: int) -> Step | None:
        if rank <= 0:
            return None
        return self.steps[0] if self.repeats else self.steps[rank - 1]

    def after(self, total: int) -> tuple[Step, int] | None:
        """The next step above this total and what is missing to it."""
        if self.repeats:
            every = self.steps[0].reached
            return self.steps[0], every - total % every
        return next(((step, step.reached - total) for step in self.steps if step.reached > total), None)

    @model_validator(mode="after")
    def _climbs(self) -> Self:
        if self.repeats and len(self.steps) != 1:
            refuse([fault(N_("a repeating track must have exactly one step"), "repeats")])
        refuse([*_totals(self.steps), *_rungs(self.steps)])
        return self


class Severity(BaseModel, frozen=True, extra="forbid"):
    """What a violation of this severity counts, and on which track."""

    track: str = Field(title=N_("Track"))
    points: PositiveInt = Field(title=N_("Points"))
    first_is_free: bool = Field(False, title=N_("First violation does not count"))


class Ladder(BaseModel, frozen=True, extra="forbid", title=N_("Penalty ladder")):
    """The penalty ladder; ``memory_days`` is how long a violation counts, ``preset`` whose rules it follows."""

    memory_days: PositiveInt = Field(title=N_("Days a violation counts"))
    zone: ZoneInfo = Field(title=N_("Time zone"))
    tracks: Annotated[Mapping[str, Track], Field(min_length=1)] = Field(title=N_("Tracks"))
    severities: Annotated[Mapping[str, Severity], Field(min_length=1), of_some(COUNTED_SEVERITIES)] = Field(
        title=N_("Severities")
    )
    preset: str = Field("", title=N_("Based on"))

    @property
    def memory(self) -> timedelta:
        return timedelta(days=self.memory_days)

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        refuse([*_bundles(self), *_severities(self)])
        return self


def _totals(steps: tuple[Step, ...]) -> Iterator[InitErrorDetails]:
    """Totals rise from step to step, and nothing follows the last rung."""
    for place, (lower, upper) in enumerate(pairwise(steps), start=1):
        if upper.reached <= lower.reached:
            words = N_("%(reached)s must be more than %(before)s, the value of the step before it")
            yield fault(words, "steps", place, "reached", reached=upper.reached, before=lower.reached)
        if lower.rung == "CLOSURE":
            yield fault(N_("no step can follow %(rung)s"), "steps", place, rung=lower.rung)


def _rungs(steps: tuple[Step, ...]) -> Iterator[InitErrorDetails]:
    """Rungs rise with the totals; a warning may stand before any of them."""
    grave = [(place, step) for place, step in enumerate(steps) if step.rung != "WARNING"]
    for (_place, lower), (place, upper) in pairwise(grave):
        if RUNGS.index(upper.rung) < RUNGS.index(lower.rung):
            words = N_("%(rung)s is milder than the step before it (%(before)s)")
            yield fault(words, "steps", place, "rung", rung=upper.rung, before=lower.rung)
        if upper.rung == lower.rung and upper.days and lower.days and upper.days < lower.days:
            words = N_("%(days)s must be at least %(before)s, the days of the step before it")
            yield fault(words, "steps", place, "days", days=upper.days, before=lower.days)


def _bundles(ladder: Ladder) -> Iterator[InitErrorDetails]:
    for name, track in ladder.tracks.items():
        if track.bundle_days and 2 * track.bundle_days > ladder.memory_days:
            words = N_("%(days)s must be at most half of %(setting)s (%(memory)s)")
            yield fault(
                words,
                "tracks",
                name,
                "bundle_days",
                days=track.bundle_days,
                memory=ladder.memory_days,
                setting="memory_days",
            )


def _severities(ladder: Ladder) -> Iterator[InitErrorDetails]:
    for name, severity in ladder.severities.items():
        track = ladder.tracks.get(severity.track)
        if track is None:
            words = N_("%(track)s is not a track. Tracks: %(tracks)s")
            tracks = ", ".join(ladder.tracks)
            yield fault(words, "severities", name, "track", track=severity.track, tracks=tracks)
        elif track.cap_per_day and severity.points > track.cap_per_day:
            words = N_("%(points)s must be at most %(cap)s (%(setting)s of the track), or it can never count")
            yield fault(
                words,
                "severities",
                name,
                "points",
                points=severity.points,
                cap=track.cap_per_day,
                setting="cap_per_day",
            )
