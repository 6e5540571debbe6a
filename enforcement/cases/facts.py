"""What happens to cases; ``case_id`` is Klean's own id."""

from dataclasses import dataclass
from typing import ClassVar

from klean.core.events.facts import N_, Fact, SentenceByCode


@dataclass(frozen=True, kw_only=True)
class CaseOpened(Fact):
    """A case about a listing was opened, or about a shop where ``listing`` is empty."""

    name: ClassVar[str] = "enforcement.case.opened"
    sentence: ClassVar[SentenceByCode] = SentenceByCode(
        "listing",
        {
            "": N_("Case opened about the shop"),
        },
        otherwise=N_("Case opened about listing %(listing)s"),
    )
    case_id: int
    listing: str
    seller: str
    source: str


@dataclass(frozen=True, kw_only=True)
class EvidenceAdded(Fact):
    """Evidence was added to an open case."""

    name: ClassVar[str] = "enforcement.evidence.added"
    sentence: ClassVar[str] = N_("Evidence added to the case")
    case_id: int
    source: str


@dataclass(frozen=True, kw_only=True)
class CaseAssigned(Fact):
    """A case was assigned to a person for a limited time."""

    name: ClassVar[str] = "enforcement.case.assigned"
    sentence: ClassVar[str] = N_("Case assigned")
    case_id: int
    user_id: int


@dataclass(frozen=True, kw_only=True)
class CaseReleased(Fact):
    """A person gave a case back; ``ending`` says whether they released or skipped it."""

    name: ClassVar[str] = "enforcement.case.released"
    sentence: ClassVar[SentenceByCode] = SentenceByCode(
        "ending",
        {
            "SKIPPED": N_("Case skipped"),
        },
        otherwise=N_("Case unassigned"),
    )
    case_id: int
    user_id: int
    ending: str


@dataclass(frozen=True, kw_only=True)
class CaseEscalated(Fact):
    """A case was escalated to a senior moderator."""

    name: ClassVar[str] = "enforcement.case.escalated"
    sentence: ClassVar[str] = N_("Case escalated to a senior")
    case_id: int
