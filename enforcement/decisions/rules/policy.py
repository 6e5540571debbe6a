"""What the policy says on decisions: what needs two people, what each role decides, and how long one may appeal."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, Field, NonNegativeInt, PositiveInt

from enforcement.cases.rules.policy import SOURCES, Source
from enforcement.sanctions.rules.policy import SEVERITIES, Rung, SeverityName
from klean.core.policy.rules.sections import of_each

ROLES = ("moderator", "senior")
Verdict = SeverityName | Literal["ADVICE", "NOT_INFRINGING"]
Order = Literal["HOLD_SETTLEMENT", "NO_NEW_GOODS"]
VERDICTS: tuple[str, ...] = ("ADVICE", *SEVERITIES, "NOT_INFRINGING")
ORDERS: tuple[str, ...] = get_args(Order)


class Approval(BaseModel, frozen=True, extra="forbid"):
    """What no person decides alone: rungs that it leads to, won charged or held, a seller with an authorisation."""

    rungs: frozenset[Rung]
    money_from: PositiveInt
    authorised_sellers: bool


class Grant(BaseModel, frozen=True, extra="forbid"):
    """``queues`` are what brings cases in, ``decides`` severities and outcomes, ``orders`` further measures."""

    queues: frozenset[Source]
    decides: frozenset[Verdict]
    orders: frozenset[Order]
    emergencies: bool


EVERYTHING = Grant.model_validate(
    {"queues": SOURCES, "decides": VERDICTS, "orders": ORDERS, "emergencies": True}
)


class Decisions(BaseModel, frozen=True, extra="forbid"):
    """How long a decision can be undone, what is decided twice, and by whom."""

    undo_seconds: NonNegativeInt
    emergency_review_hours: PositiveInt
    second_review_percent: Annotated[int, Field(ge=0, le=100)]
    approval: Approval
    grants: Annotated[Mapping[str, Grant], of_each(ROLES)]

    @property
    def undo(self) -> timedelta:
        return timedelta(seconds=self.undo_seconds)

    @property
    def emergency_review(self) -> timedelta:
        return timedelta(hours=self.emergency_review_hours)

    def grant_of(self, roles: Iterable[str]) -> Grant:
        """All that these roles may do together; a role that the policy does not name may do nothing."""
        own = [self.grants[role] for role in roles if role in self.grants]
        return Grant(
            queues=frozenset().union(*(grant.queues for grant in own)),
            decides=frozenset().union(*(grant.decides for grant in own)),
            orders=frozenset().union(*(grant.orders for grant in own)),
            emergencies=any(grant.emergencies for grant in own),
        )


class Appeals(BaseModel, frozen=True, extra="forbid"):
    """How long a decision may be appealed against, and until when the appeal is answered."""

    window_days: PositiveInt
    answer_hours: PositiveInt

    @property
    def window(self) -> timedelta:
        return timedelta(days=self.window_days)

    @property
    def answer(self) -> timedelta:
        return timedelta(hours=self.answer_hours)
