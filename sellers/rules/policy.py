"""What the policy says on shops, their papers, their accounts, and who is behind them."""

from typing import Annotated

from pydantic import BaseModel, Field, PositiveInt


class Authorisations(BaseModel, frozen=True, extra="forbid"):
    """``warn_days`` before its last one a letter's shop is written; ``max_depth`` letters may rest on each other."""

    warn_days: Annotated[frozenset[PositiveInt], Field(min_length=1)]
    answer_days: PositiveInt
    max_depth: PositiveInt


class Businesses(BaseModel, frozen=True, extra="forbid"):
    """How often the tax office is asked again."""

    recheck_days: PositiveInt


class Payouts(BaseModel, frozen=True, extra="forbid"):
    """How long a changed account waits before money goes there."""

    cooling_hours: PositiveInt


class Links(BaseModel, frozen=True, extra="forbid"):
    """A trait that more than ``max_sharing`` shops have links nobody; near-copies link from ``min_copies`` on."""

    max_sharing: PositiveInt
    min_copies: PositiveInt
