"""What happens to appeals."""

from dataclasses import dataclass
from typing import ClassVar

from klean.core.events.facts import N_, Fact, SentenceByCode


@dataclass(frozen=True, kw_only=True)
class AppealFiled(Fact):
    """A decision was appealed against."""

    name: ClassVar[str] = "enforcement.appeal.filed"
    sentence: ClassVar[str] = N_("Appeal filed")
    appeal_id: int
    decision_id: int
    seller: str


@dataclass(frozen=True, kw_only=True)
class AppealAssigned(Fact):
    """An appeal was assigned to a person who had no part in the case."""

    name: ClassVar[str] = "enforcement.appeal.assigned"
    sentence: ClassVar[str] = N_("Appeal assigned")
    appeal_id: int
    user_id: int


@dataclass(frozen=True, kw_only=True)
class AppealMessageSent(Fact):
    """A message or a document was added to the hearing of an appeal."""

    name: ClassVar[str] = "enforcement.appeal_message.sent"
    sentence: ClassVar[SentenceByCode] = SentenceByCode(
        "from_team",
        {
            True: N_("Message from the protection team"),
        },
        otherwise=N_("Message from the person who appealed"),
    )
    appeal_id: int
    from_team: bool


@dataclass(frozen=True, kw_only=True)
class DecisionUpheld(Fact):
    """An appeal failed: the decision stands."""

    name: ClassVar[str] = "enforcement.decision.upheld"
    sentence: ClassVar[str] = N_("Appeal: the decision stands")
    appeal_id: int
    decision_id: int
    seller: str


@dataclass(frozen=True, kw_only=True)
class DecisionPartlyOverturned(Fact):
    """An appeal succeeded in part: a milder decision replaced the one appealed against."""

    name: ClassVar[str] = "enforcement.decision.partly_overturned"
    sentence: ClassVar[str] = N_("Appeal: decision reduced")
    appeal_id: int
    decision_id: int
    replacement_id: int
    seller: str


@dataclass(frozen=True, kw_only=True)
class DecisionOverturned(Fact):
    """An appeal succeeded: the decision was annulled, and everything that followed from it was undone."""

    name: ClassVar[str] = "enforcement.decision.overturned"
    sentence: ClassVar[str] = N_("Appeal: decision overturned")
    appeal_id: int
    decision_id: int
    listing: str
    seller: str
