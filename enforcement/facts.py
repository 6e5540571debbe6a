"""What enforcement tells the world; ``case_id`` and the like are Klean's ids."""

from dataclasses import dataclass
from typing import ClassVar

from klean.core.facts import Fact


@dataclass(frozen=True, kw_only=True)
class CaseOpened(Fact):
    """A question about a listing or a shop was put to the protection team."""

    name: ClassVar[str] = "enforcement.case.opened"
    case_id: int
    listing: str
    seller: str
    source: str


@dataclass(frozen=True, kw_only=True)
class CaseJoined(Fact):
    """More evidence reached a case that was already open."""

    name: ClassVar[str] = "enforcement.case.joined"
    case_id: int
    kind: str


@dataclass(frozen=True, kw_only=True)
class CaseClaimed(Fact):
    """A person took a case for a while."""

    name: ClassVar[str] = "enforcement.case.claimed"
    case_id: int
    user_id: int


@dataclass(frozen=True, kw_only=True)
class CaseReleased(Fact):
    """A person let go of a case: released, skipped, handed over."""

    name: ClassVar[str] = "enforcement.case.released"
    case_id: int
    user_id: int
    how: str


@dataclass(frozen=True, kw_only=True)
class CaseEscalated(Fact):
    """A case waits for a senior."""

    name: ClassVar[str] = "enforcement.case.escalated"
    case_id: int


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
class DecisionWaits(Fact):
    """A decision of high impact waits for a second person; ``impacts`` are codes of why."""

    name: ClassVar[str] = "enforcement.decision.waits"
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
    """A decision was taken back before it had any effect: undone, or a second person declined it."""

    name: ClassVar[str] = "enforcement.decision.withdrawn"
    case_id: int
    decision_id: int


@dataclass(frozen=True, kw_only=True)
class DecisionAnnulled(Fact):
    """A decision in force fell, and what followed from it alone was undone."""

    name: ClassVar[str] = "enforcement.decision.annulled"
    case_id: int
    decision_id: int
    listing: str
    seller: str
    replaced: bool


@dataclass(frozen=True, kw_only=True)
class BatchReversed(Fact):
    """Every decision of a batch was taken back."""

    name: ClassVar[str] = "enforcement.batch.reversed"
    batch_id: int
    decision_ids: list[int]


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
class MeasureLapsed(Fact):
    """A measure ran out."""

    name: ClassVar[str] = "enforcement.measure.lapsed"
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
class SanctionLapsed(Fact):
    """A sanction ran out."""

    name: ClassVar[str] = "enforcement.sanction.lapsed"
    sanction_id: int
    seller: str
    rung: str


@dataclass(frozen=True, kw_only=True)
class AppealFiled(Fact):
    """A decision was appealed against."""

    name: ClassVar[str] = "enforcement.appeal.filed"
    appeal_id: int
    decision_id: int
    seller: str


@dataclass(frozen=True, kw_only=True)
class AppealAssigned(Fact):
    """A person who had no part in the case hears the appeal."""

    name: ClassVar[str] = "enforcement.appeal.assigned"
    appeal_id: int
    user_id: int


@dataclass(frozen=True, kw_only=True)
class AppealAnswered(Fact):
    """Something was said or shown in the hearing of an appeal."""

    name: ClassVar[str] = "enforcement.appeal.answered"
    appeal_id: int
    from_team: bool


@dataclass(frozen=True, kw_only=True)
class AppealUpheld(Fact):
    """The decision stands."""

    name: ClassVar[str] = "enforcement.appeal.upheld"
    appeal_id: int
    decision_id: int
    seller: str


@dataclass(frozen=True, kw_only=True)
class AppealPartlyUpheld(Fact):
    """The decision fell, and a milder one took its place."""

    name: ClassVar[str] = "enforcement.appeal.partly"
    appeal_id: int
    decision_id: int
    replacement_id: int
    seller: str


@dataclass(frozen=True, kw_only=True)
class AppealOverturned(Fact):
    """The decision fell, and all that followed from it was undone."""

    name: ClassVar[str] = "enforcement.appeal.overturned"
    appeal_id: int
    decision_id: int
    listing: str
    seller: str


@dataclass(frozen=True, kw_only=True)
class StatementIssued(Fact):
    """A statement of reasons was given to a party."""

    name: ClassVar[str] = "enforcement.statement.issued"
    statement_id: int
    decision_id: int
    puid: str
    party: str
