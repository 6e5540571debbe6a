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
class AppealUpheld(Fact):
    """The decision stands."""

    name: ClassVar[str] = "enforcement.appeal.upheld"
    appeal_id: int
    decision_id: int
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
