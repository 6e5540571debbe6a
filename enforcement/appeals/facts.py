"""What happens to appeals."""

from dataclasses import dataclass
from typing import ClassVar

from klean.core.events.facts import Fact


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
class AppealMessageSent(Fact):
    """A message or a document was added to the hearing of an appeal."""

    name: ClassVar[str] = "enforcement.appeal_message.sent"
    appeal_id: int
    from_team: bool


@dataclass(frozen=True, kw_only=True)
class DecisionUpheld(Fact):
    """The decision stands."""

    name: ClassVar[str] = "enforcement.decision.upheld"
    appeal_id: int
    decision_id: int
    seller: str


@dataclass(frozen=True, kw_only=True)
class DecisionPartlyOverturned(Fact):
    """The decision was annulled, and a milder one took its place."""

    name: ClassVar[str] = "enforcement.decision.partly_overturned"
    appeal_id: int
    decision_id: int
    replacement_id: int
    seller: str


@dataclass(frozen=True, kw_only=True)
class DecisionOverturned(Fact):
    """The decision was annulled, and all that followed from it was undone."""

    name: ClassVar[str] = "enforcement.decision.overturned"
    appeal_id: int
    decision_id: int
    listing: str
    seller: str
