"""What followed from a reporter's record."""

from dataclasses import dataclass
from typing import ClassVar

from klean.core.events.facts import Fact


@dataclass(frozen=True, kw_only=True)
class TierChanged(Fact):
    """A reporter's tier followed their record."""

    name: ClassVar[str] = "reports.tier.changed"
    tier_id: int
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class MisuseMeasured(Fact):
    """A reporter was warned, restricted or suspended, or that was lifted."""

    name: ClassVar[str] = "reports.misuse.measured"
    measure_id: int
    rung: str
    is_lifted: bool
