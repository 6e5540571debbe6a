"""What happens to decisions and their statements of reasons."""

from dataclasses import dataclass
from typing import ClassVar

from klean.core.events.facts import Fact


@dataclass(frozen=True, kw_only=True)
class DecisionIssued(Fact):
    """A case was decided and the decision carried out; ``rung`` is empty when no sanction followed."""

    name: ClassVar[str] = "enforcement.decision.issued"
    case_id: int
    decision_id: int
    listing: str
    seller: str
    outcome: str
    severity: str
    ground: str
    source: str
    rung: str


@dataclass(frozen=True, kw_only=True)
class DecisionMade(Fact):
    """A case was decided, without effect yet; ``effective_at`` is when it takes effect unless a second person is needed."""

    name: ClassVar[str] = "enforcement.decision.made"
    case_id: int
    decision_id: int
    effective_at: str
    is_emergency: bool


@dataclass(frozen=True, kw_only=True)
class ApprovalRequested(Fact):
    """A decision of high impact waits for a second person; ``impacts`` are codes of why."""

    name: ClassVar[str] = "enforcement.approval.requested"
    case_id: int
    decision_id: int
    impacts: list[str]


@dataclass(frozen=True, kw_only=True)
class DecisionApproved(Fact):
    """A second person looked at a decision and agreed."""

    name: ClassVar[str] = "enforcement.decision.approved"
    case_id: int
    decision_id: int


@dataclass(frozen=True, kw_only=True)
class DecisionWithdrawn(Fact):
    """A decision was withdrawn before it had any effect: undone, or declined by a second person."""

    name: ClassVar[str] = "enforcement.decision.withdrawn"
    case_id: int
    decision_id: int


@dataclass(frozen=True, kw_only=True)
class DecisionAnnulled(Fact):
    """A decision in force was annulled, and what followed from it alone was undone."""

    name: ClassVar[str] = "enforcement.decision.annulled"
    case_id: int
    decision_id: int
    listing: str
    seller: str
    is_replaced: bool


@dataclass(frozen=True, kw_only=True)
class StatementIssued(Fact):
    """A statement of reasons was given to a party."""

    name: ClassVar[str] = "enforcement.statement.issued"
    statement_id: int
    decision_id: int
    puid: str
    party: str
