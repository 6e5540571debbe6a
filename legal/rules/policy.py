"""What the policy says on legal support for small firms and designers."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import BaseModel, Field, NonNegativeInt, PositiveInt

from klean.core.policy.rules.sections import N_, of_each

SIZES = ("DESIGNER", "MICRO", "SMALL", "LARGER")
RIGHTS = ("REGISTERED", "APPLIED", "UNREGISTERED")


class Band(BaseModel, frozen=True, extra="forbid"):
    """The points of a yearly revenue, in won, that does not exceed this."""

    at_most: PositiveInt = Field(title=N_("Revenue up to (KRW)"))
    points: NonNegativeInt = Field(title=N_("Points"))


class Support(BaseModel, frozen=True, extra="forbid"):
    """Who gets how many points, from how many points on support is granted, and how much of it in won."""

    max_amount: PositiveInt = Field(title=N_("Maximum per application (KRW)"))
    from_points: PositiveInt = Field(title=N_("Points needed"))
    size: Annotated[Mapping[str, NonNegativeInt], of_each(SIZES)] = Field(title=N_("Points by size"))
    right: Annotated[Mapping[str, NonNegativeInt], of_each(RIGHTS)] = Field(title=N_("Points by right"))
    revenue: Annotated[tuple[Band, ...], Field(min_length=1)] = Field(title=N_("Points by revenue"))


class Legal(BaseModel, frozen=True, extra="forbid", title=N_("Legal")):
    """What the legal team gives, and to whom."""

    support: Support = Field(title=N_("Legal support"))
