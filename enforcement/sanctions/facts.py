"""What happens to sanctions, and what the marketplace is asked to carry out."""

from dataclasses import dataclass
from typing import ClassVar

from klean.core.events.facts import Fact


@dataclass(frozen=True, kw_only=True)
class MeasureOrdered(Fact):
    """The marketplace is asked to carry a measure out on ``seller`` until ``ends_at`` (empty: until it is lifted)."""

    name: ClassVar[str] = "enforcement.measure.ordered"
    measure_id: int
    seller: str
    kind: str
    ends_at: str


@dataclass(frozen=True, kw_only=True)
class MeasureLifted(Fact):
    """A measure fell with what it rested on: the marketplace is asked to restore the seller."""

    name: ClassVar[str] = "enforcement.measure.lifted"
    measure_id: int
    seller: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class MeasureExpired(Fact):
    """A measure ran out."""

    name: ClassVar[str] = "enforcement.measure.expired"
    measure_id: int
    seller: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class SanctionImposed(Fact):
    """A seller is warned, restricted, suspended or closed until ``ends_at`` (empty: no clock ends it)."""

    name: ClassVar[str] = "enforcement.sanction.imposed"
    sanction_id: int
    seller: str
    rung: str
    ends_at: str


@dataclass(frozen=True, kw_only=True)
class SanctionLifted(Fact):
    """A sanction ended before its time: by an appeal, or by the penalty desk."""

    name: ClassVar[str] = "enforcement.sanction.lifted"
    sanction_id: int
    seller: str
    rung: str


@dataclass(frozen=True, kw_only=True)
class SanctionExpired(Fact):
    """A sanction ran out."""

    name: ClassVar[str] = "enforcement.sanction.expired"
    sanction_id: int
    seller: str
    rung: str
