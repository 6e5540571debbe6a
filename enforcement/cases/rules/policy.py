"""What the policy says on cases: how long one is assigned, when it wants an answer, and what stands first."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Literal, Self, get_args

from pydantic import BaseModel, Field, NonNegativeInt, PositiveInt, model_validator

from klean.core.policy.rules.sections import N_, fault, of_each, refuse

Source = Literal[
    "AUTHORITY",
    "TRUSTED_FLAGGER",
    "MYSTERY_SHOP",
    "FORGERY",
    "RIGHTS_HOLDER",
    "REFUND_CLAIM",
    "CONSUMER",
    "SCREENING",
    "OWN_INITIATIVE",
]
SOURCES: tuple[str, ...] = get_args(Source)


class Priority(BaseModel, frozen=True, extra="forbid"):
    """What each part of a case's priority weighs, in points; an answer is due soon ``soon_hours`` before it is due."""

    per_repeat: NonNegativeInt = Field(title=N_("Points for each repeated report"))
    max_for_repeats: NonNegativeInt = Field(title=N_("Maximum points for repeated reports"))
    score: NonNegativeInt = Field(title=N_("Points for the highest screening score"))
    won_per_point: PositiveInt = Field(title=N_("KRW at stake per point"))
    max_for_money: NonNegativeInt = Field(title=N_("Maximum points for money at stake"))
    soon_hours: NonNegativeInt = Field(title=N_("Hours before the deadline when a case is due soon"))
    soon: NonNegativeInt = Field(title=N_("Points when due soon"))
    overdue: NonNegativeInt = Field(title=N_("Points when overdue"))
    source: Annotated[Mapping[str, NonNegativeInt], of_each(SOURCES)] = Field(title=N_("Points by source"))

    @model_validator(mode="after")
    def _overdue_is_graver_than_soon(self) -> Self:
        if self.overdue < self.soon:
            words = N_("%(overdue)s must be at least %(soon)s, the points of a case that is due soon")
            refuse([fault(words, "overdue", overdue=self.overdue, soon=self.soon)])
        return self


class Cases(BaseModel, frozen=True, extra="forbid", title=N_("Cases")):
    """``answer_hours`` are how long a case may wait for its answer, by what brought it in."""

    assignment_minutes: PositiveInt = Field(title=N_("Minutes until an assignment runs out"))
    answers_in_business_hours: bool = Field(title=N_("Deadlines count business hours only"))
    answer_hours: Annotated[Mapping[str, PositiveInt], of_each(SOURCES)] = Field(
        title=N_("Hours to decide, by source")
    )
    priority: Priority = Field(title=N_("Priority"))

    @property
    def assignment(self) -> timedelta:
        return timedelta(minutes=self.assignment_minutes)

    @model_validator(mode="after")
    def _soon_is_within_every_answer(self) -> Self:
        hours, shortest = self.priority.soon_hours, min(self.answer_hours.values())
        if hours >= shortest:
            words = N_("%(hours)s must be less than %(shortest)s, the smallest value of %(setting)s")
            refuse(
                [
                    fault(
                        words,
                        "priority",
                        "soon_hours",
                        hours=hours,
                        shortest=shortest,
                        setting="answer_hours",
                    )
                ]
            )
        return self
