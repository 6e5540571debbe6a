"""What the policy says on legal support for small firms and designers."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import BaseModel, Field, NonNegativeInt, PositiveInt

from klean.core.policy.rules.sections import of_each

SIZES = ("DESIGNER", "MICRO", "SMALL", "LARGER")
RIGHTS = ("REGISTERED", "APPLIED", "UNREGISTERED")


class Band(BaseModel, frozen=True, extra="forbid"):
    """The points of a yearly revenue, in won, that does not exceed this."""

    at_most: PositiveInt
    points: NonNegativeInt


class Support(BaseModel, frozen=True, extra="forbid"):
    """Who gets how many points, from how many points on support is granted, and how much of it in won."""

    max_amount: PositiveInt
    from_points: PositiveInt
    size: Annotated[Mapping[str, NonNegativeInt], of_each(SIZES)]
    right: Annotated[Mapping[str, NonNegativeInt], of_each(RIGHTS)]
    revenue: Annotated[tuple[Band, ...], Field(min_length=1)]


class Legal(BaseModel, frozen=True, extra="forbid"):
    """What the legal team gives, and to whom."""

    support: Support
