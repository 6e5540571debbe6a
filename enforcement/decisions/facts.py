"""What happens to decisions and their statements of reasons."""

from dataclasses import dataclass
from typing import ClassVar

from klean.core.events.facts import N_, Fact, SentenceByCode


@dataclass(frozen=True, kw_only=True)
class DecisionIssued(Fact):
    """A case was decided and the decision carried out; ``rung`` is empty when no sanction followed."""

    name: ClassVar[str] = "enforcement.decision.issued"
    sentence: ClassVar[SentenceByCode] = SentenceByCode(
        "outcome",
        {
            "INFRINGING": N_("Decision: infringing"),
            "PARTLY": N_("Decision: partly infringing"),
            "NOT_INFRINGING": N_("Decision: not infringing"),
        },
        otherwise=N_("Decision issued"),
    )
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
    """A case was decided; the decision takes effect at ``effective_at``, or once a second person has approved it."""

    name: ClassVar[str] = "enforcement.decision.made"
    sentence: ClassVar[str] = N_("Decision made, not in force yet")
    case_id: int
    decision_id: int
    effective_at: str
    is_emergency: bool


@dataclass(frozen=True, kw_only=True)
class ApprovalRequested(Fact):
    """A decision of high impact needs the approval of a second person; ``impacts`` are codes of the reasons."""

    name: ClassVar[str] = "enforcement.approval.requested"
    sentence: ClassVar[str] = N_("Approval requested")
    case_id: int
    decision_id: int
    impacts: list[str]


@dataclass(frozen=True, kw_only=True)
class DecisionApproved(Fact):
    """A second person approved a decision."""

    name: ClassVar[str] = "enforcement.decision.approved"
    sentence: ClassVar[str] = N_("Decision approved")
    case_id: int
    decision_id: int


@dataclass(frozen=True, kw_only=True)
class DecisionWithdrawn(Fact):
    """A decision was withdrawn before it had any effect: undone, or declined by a second person."""

    name: ClassVar[str] = "enforcement.decision.withdrawn"
    sentence: ClassVar[str] = N_("Decision withdrawn before it took effect")
    case_id: int
    decision_id: int


@dataclass(frozen=True, kw_only=True)
class DecisionAnnulled(Fact):
    """A decision in force was annulled, and whatever rested on it alone was undone."""

    name: ClassVar[str] = "enforcement.decision.annulled"
    sentence: ClassVar[SentenceByCode] = SentenceByCode(
        "is_replaced",
        {
            True: N_("Decision overturned and replaced"),
        },
        otherwise=N_("Decision overturned"),
    )
    case_id: int
    decision_id: int
    listing: str
    seller: str
    is_replaced: bool


@dataclass(frozen=True, kw_only=True)
class StatementIssued(Fact):
    """A statement of reasons was sent to a party; ``puid`` is its public number."""

    name: ClassVar[str] = "enforcement.statement.issued"
    sentence: ClassVar[SentenceByCode] = SentenceByCode(
        "party",
        {
            "SELLER": N_("Statement of reasons sent to the seller"),
            "REPORTER": N_("Statement of reasons sent to the reporter"),
        },
        otherwise=N_("Statement of reasons sent"),
    )
    statement_id: int
    decision_id: int
    puid: str
    party: str
