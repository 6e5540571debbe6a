"""What happens to cases; ``case_id`` is Klean's own id."""

from dataclasses import dataclass
from typing import ClassVar

from klean.core.events.facts import Fact


@dataclass(frozen=True, kw_only=True)
class CaseOpened(Fact):
    """A question about a listing or a shop was put to the protection team."""

    name: ClassVar[str] = "enforcement.case.opened"
    case_id: int
    listing: str
    seller: str
    source: str


@dataclass(frozen=True, kw_only=True)
class EvidenceAdded(Fact):
    """More evidence reached a case that was already open."""

    name: ClassVar[str] = "enforcement.evidence.added"
    case_id: int
    source: str


@dataclass(frozen=True, kw_only=True)
class CaseAssigned(Fact):
    """A case was assigned to a person, for as long as their lease runs."""

    name: ClassVar[str] = "enforcement.case.assigned"
    case_id: int
    user_id: int


@dataclass(frozen=True, kw_only=True)
class CaseReleased(Fact):
    """A person gave a case back; ``ending`` says whether it was released or skipped."""

    name: ClassVar[str] = "enforcement.case.released"
    case_id: int
    user_id: int
    ending: str


@dataclass(frozen=True, kw_only=True)
class CaseEscalated(Fact):
    """A case waits for a senior."""

    name: ClassVar[str] = "enforcement.case.escalated"
    case_id: int
