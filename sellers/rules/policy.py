"""What the policy says on shops, their papers, their accounts, and who is behind them."""

from typing import Annotated

from pydantic import BaseModel, Field, PositiveInt

from klean.core.policy.rules.sections import N_


class Authorisations(BaseModel, frozen=True, extra="forbid", title=N_("Letters of authorisation")):
    """``warn_days`` before its last one a letter's shop is written; ``max_depth`` letters may rest on each other."""

    warn_days: Annotated[frozenset[PositiveInt], Field(min_length=1)] = Field(
        title=N_("Reminders before expiry (days)")
    )
    answer_days: PositiveInt = Field(title=N_("Days to answer a reviewer's question"))
    max_depth: PositiveInt = Field(title=N_("Maximum letters in a chain"))


class Businesses(BaseModel, frozen=True, extra="forbid", title=N_("Business registrations")):
    """How often the tax office is asked again."""

    recheck_days: PositiveInt = Field(title=N_("Days between checks with the tax office"))


class Payouts(BaseModel, frozen=True, extra="forbid", title=N_("Settlement accounts")):
    """How long a changed account waits before money goes there."""

    cooling_hours: PositiveInt = Field(title=N_("Hours before a new account is used"))


class Links(BaseModel, frozen=True, extra="forbid", title=N_("Linked shops")):
    """A trait that more than ``max_sharing`` shops have links nobody; near-copies link from ``min_copies`` on."""

    max_sharing: PositiveInt = Field(title=N_("Most shops that may share a detail for it to count"))
    min_copies: PositiveInt = Field(title=N_("Near-copies that link two shops"))
