"""What followed from a reporter's record."""

from dataclasses import dataclass
from typing import ClassVar

from klean.core.events.facts import N_, Fact, SentenceByCode


@dataclass(frozen=True, kw_only=True)
class ReporterTierChanged(Fact):
    """The tier of a reporter changed with their record."""

    name: ClassVar[str] = "reports.reporter_tier.changed"
    sentence: ClassVar[str] = N_("Reporter's tier changed")
    tier_id: int
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class AboutMisuseMeasure(Fact):
    """What every fact about a measure against a reporter carries."""

    measure_id: int
    rung: str


@dataclass(frozen=True, kw_only=True)
class MisuseMeasureImposed(AboutMisuseMeasure):
    """A reporter was warned, restricted or suspended."""

    name: ClassVar[str] = "reports.misuse_measure.imposed"
    sentence: ClassVar[SentenceByCode] = SentenceByCode(
        "rung",
        {
            "WARNING": N_("Reporter warned about unfounded reports"),
            "RESTRICTION": N_("Reporter given a daily limit"),
            "SUSPENSION": N_("Reporter suspended from reporting"),
        },
        otherwise=N_("Measure imposed on a reporter"),
    )


@dataclass(frozen=True, kw_only=True)
class MisuseMeasureLifted(AboutMisuseMeasure):
    """A person found that a measure against a reporter was wrong."""

    name: ClassVar[str] = "reports.misuse_measure.lifted"
    sentence: ClassVar[str] = N_("Measure on a reporter lifted")
