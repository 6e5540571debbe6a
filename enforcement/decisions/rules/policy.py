"""What the policy says on decisions: what needs two people, what each role decides, and how long one may appeal."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, Field, NonNegativeInt, PositiveInt

from enforcement.cases.rules.policy import SOURCES, Source
from enforcement.sanctions.rules.policy import Rung
from enforcement.sanctions.rules.severities import SEVERITIES
from klean.core.policy.rules.sections import N_, of_each, one_of

ROLES = ("moderator", "senior")
Order = Literal["HOLD_SETTLEMENT", "NO_NEW_GOODS"]
VERDICTS = (*SEVERITIES, "NOT_INFRINGING")
ORDERS: tuple[str, ...] = get_args(Order)


class Approval(BaseModel, frozen=True, extra="forbid"):
    """What no person decides alone: rungs that it leads to, won charged or held, a seller with an authorisation."""

    rungs: frozenset[Rung] = Field(title=N_("Sanctions that need approval"))
    money_from: PositiveInt = Field(title=N_("Amounts that need approval, from (KRW)"))
    authorised_sellers: bool = Field(title=N_("Approval for decisions against authorised sellers"))


class Grant(BaseModel, frozen=True, extra="forbid"):
    """``queues`` are what brings cases in, ``decides`` severities and outcomes, ``orders`` further measures."""

    queues: frozenset[Source] = Field(title=N_("Queues"))
    decides: frozenset[Annotated[str, one_of(VERDICTS)]] = Field(title=N_("Can decide"))
    orders: frozenset[Order] = Field(title=N_("Can also order"))
    emergencies: bool = Field(title=N_("Can make emergency decisions"))


EVERYTHING = Grant.model_validate(
    {"queues": SOURCES, "decides": VERDICTS, "orders": ORDERS, "emergencies": True}
)


class Decisions(BaseModel, frozen=True, extra="forbid", title=N_("Decisions")):
    """How long a decision can be undone, what is decided twice, and by whom."""

    undo_seconds: NonNegativeInt = Field(title=N_("Seconds to undo a decision"))
    emergency_review_hours: PositiveInt = Field(title=N_("Hours to review an emergency decision"))
    second_review_percent: Annotated[int, Field(ge=0, le=100)] = Field(
        title=N_("Decisions sent to blind review (%)")
    )
    approval: Approval = Field(title=N_("Approval of decisions"))
    grants: Annotated[Mapping[str, Grant], of_each(ROLES)] = Field(title=N_("Permissions by role"))

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


class Appeals(BaseModel, frozen=True, extra="forbid", title=N_("Appeals")):
    """How long a decision may be appealed against, and until when the appeal is answered."""

    window_days: PositiveInt = Field(title=N_("Days to appeal"))
    answer_hours: PositiveInt = Field(title=N_("Hours to decide an appeal"))

    @property
    def window(self) -> timedelta:
        return timedelta(days=self.window_days)

    @property
    def answer(self) -> timedelta:
        return timedelta(hours=self.answer_hours)
