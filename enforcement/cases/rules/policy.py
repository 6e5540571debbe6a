"""What the policy says on cases: how long one is assigned, when it wants an answer, and what stands first."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Literal, Self, get_args

from pydantic import BaseModel, NonNegativeInt, PositiveInt, model_validator

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

    per_repeat: NonNegativeInt
    max_for_repeats: NonNegativeInt
    score: NonNegativeInt
    won_per_point: PositiveInt
    max_for_money: NonNegativeInt
    soon_hours: NonNegativeInt
    soon: NonNegativeInt
    overdue: NonNegativeInt
    source: Annotated[Mapping[str, NonNegativeInt], of_each(SOURCES)]

    @model_validator(mode="after")
    def _overdue_is_graver_than_soon(self) -> Self:
        if self.overdue < self.soon:
            words = N_("%(overdue)s is less than %(soon)s of a case that is only due soon")
            refuse([fault(words, "overdue", overdue=self.overdue, soon=self.soon)])
        return self


class Cases(BaseModel, frozen=True, extra="forbid"):
    """``answer_hours`` are how long a case may wait for its answer, by what brought it in."""

    assignment_minutes: PositiveInt
    answers_in_business_hours: bool
    answer_hours: Annotated[Mapping[str, PositiveInt], of_each(SOURCES)]
    priority: Priority

    @property
    def assignment(self) -> timedelta:
        return timedelta(minutes=self.assignment_minutes)

    @model_validator(mode="after")
    def _soon_is_within_every_answer(self) -> Self:
        hours, shortest = self.priority.soon_hours, min(self.answer_hours.values())
        if hours >= shortest:
            words = N_("%(hours)s is not below %(shortest)s, the shortest of %(setting)s")
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
