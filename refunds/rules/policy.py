"""What the policy says on refunds: what a buyer may claim, when a person looks, and what becomes of the goods."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import BaseModel, Field, NonNegativeInt, PositiveFloat, PositiveInt, StringConstraints

from klean.core.policy.rules.catalogues import Catalogue, Entry, Words
from klean.core.policy.rules.sections import of_each

Percent = Annotated[int, Field(ge=0, le=100)]
Region = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]


class Returns(BaseModel, frozen=True, extra="forbid"):
    """Goods of refunds below ``waive_below`` won stay with the buyer; a share of those that come in is examined."""

    waive_below: NonNegativeInt
    return_within_days: PositiveInt
    examined_percent: Percent
    address: Words


class Rate(BaseModel, frozen=True, extra="forbid"):
    """How many claims an honest target has at most; by days where the marketplace does not tell its sales."""

    per_thousand_sold: PositiveFloat
    per_thousand_days: PositiveFloat


class ClaimAlarm(BaseModel, frozen=True, extra="forbid"):
    """When claims are too many for an honest listing or shop."""

    false_alarms_per_million: PositiveInt
    epoch_days: PositiveInt
    ratios: Annotated[tuple[Annotated[float, Field(gt=1)], ...], Field(min_length=1)]
    listing: Rate
    seller: Rate


class Limit(BaseModel, frozen=True, extra="forbid"):
    """How many points a claim gets beyond the limit."""

    limit: NonNegativeInt
    points: NonNegativeInt


PARTS = (
    "amount",
    "claims",
    "account_days",
    "claims_on_seller",
    "declined",
    "young_buyers_on_seller",
    "not_returned",
    "found_genuine",
)


class Abuse(BaseModel, frozen=True, extra="forbid"):
    """The points of a claim by what is known of it and its buyer; from ``hold_from`` on a person decides."""

    hold_from: PositiveInt
    window_days: PositiveInt
    ring_days: PositiveInt
    young_days: PositiveInt
    limits: Annotated[Mapping[str, Limit], of_each(PARTS)]


class Refunds(BaseModel, frozen=True, extra="forbid"):
    """What a buyer may claim, and for how long."""

    claim_within_days: PositiveInt
    regions: Annotated[frozenset[Region], Field(min_length=1)]
    claims_per_hour: PositiveInt
    appeal_within_days: PositiveInt
    warn_buyers_of_days: PositiveInt
    returns: Returns
    signal: ClaimAlarm
    reasons: Catalogue[Entry]
    abuse: Abuse
