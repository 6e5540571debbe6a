"""What happens to sanctions, and what the marketplace is asked to carry out."""

from dataclasses import dataclass
from typing import ClassVar

from klean.core.events.facts import N_, Fact, SentenceByCode


@dataclass(frozen=True, kw_only=True)
class MeasureOrdered(Fact):
    """The marketplace is asked to carry a measure out on ``seller`` until ``ends_at`` (empty: until it is lifted)."""

    name: ClassVar[str] = "enforcement.measure.ordered"
    sentence: ClassVar[str] = N_("Marketplace asked to act")
    measure_id: int
    seller: str
    kind: str
    ends_at: str


@dataclass(frozen=True, kw_only=True)
class MeasureLifted(Fact):
    """A measure was lifted: the marketplace is asked to restore the seller."""

    name: ClassVar[str] = "enforcement.measure.lifted"
    sentence: ClassVar[str] = N_("Marketplace asked to restore")
    measure_id: int
    seller: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class MeasureExpired(Fact):
    """A measure expired."""

    name: ClassVar[str] = "enforcement.measure.expired"
    sentence: ClassVar[str] = N_("Measure expired")
    measure_id: int
    seller: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class SanctionImposed(Fact):
    """A seller was warned, restricted, suspended or closed until ``ends_at`` (empty: no end is set)."""

    name: ClassVar[str] = "enforcement.sanction.imposed"
    sentence: ClassVar[SentenceByCode] = SentenceByCode(
        "rung",
        {
            "WARNING": N_("Seller warned"),
            "RESTRICTION": N_("Seller restricted"),
            "SUSPENSION": N_("Seller suspended"),
            "CLOSURE": N_("Shop closed"),
        },
        otherwise=N_("Sanction imposed"),
    )
    sanction_id: int
    seller: str
    rung: str
    ends_at: str


@dataclass(frozen=True, kw_only=True)
class SanctionLifted(Fact):
    """A sanction was lifted before its end, on appeal or by the penalty team."""

    name: ClassVar[str] = "enforcement.sanction.lifted"
    sentence: ClassVar[SentenceByCode] = SentenceByCode(
        "rung",
        {
            "WARNING": N_("Warning lifted"),
            "RESTRICTION": N_("Restriction lifted"),
            "SUSPENSION": N_("Suspension lifted"),
            "CLOSURE": N_("Shop closure lifted"),
        },
        otherwise=N_("Sanction lifted"),
    )
    sanction_id: int
    seller: str
    rung: str


@dataclass(frozen=True, kw_only=True)
class SanctionExpired(Fact):
    """A sanction expired."""

    name: ClassVar[str] = "enforcement.sanction.expired"
    sentence: ClassVar[SentenceByCode] = SentenceByCode(
        "rung",
        {
            "WARNING": N_("Warning expired"),
            "RESTRICTION": N_("Restriction expired"),
            "SUSPENSION": N_("Suspension expired"),
        },
        otherwise=N_("Sanction expired"),
    )
    sanction_id: int
    seller: str
    rung: str
