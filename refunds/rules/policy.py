"""What the policy says on refunds: what a buyer may claim, when a person looks, and what becomes of the goods."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import BaseModel, Field, NonNegativeInt, PositiveFloat, PositiveInt, StringConstraints

from klean.core.policy.rules.catalogues import Catalogue, Entry, Words
from klean.core.policy.rules.sections import N_, of_each

Percent = Annotated[int, Field(ge=0, le=100)]
Region = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]


class Returns(BaseModel, frozen=True, extra="forbid"):
    """Goods of refunds below ``waive_below`` won stay with the buyer; a share of those that come in is examined."""

    waive_below: NonNegativeInt = Field(title=N_("No return below (KRW)"))
    return_within_days: PositiveInt = Field(title=N_("Days to return"))
    examined_percent: Percent = Field(title=N_("Returned items examined (%)"))
    address: Words = Field(title=N_("Return address"))


class Rate(BaseModel, frozen=True, extra="forbid"):
    """How many claims an honest target has at most; by days where the marketplace does not tell its sales."""

    per_thousand_sold: PositiveFloat = Field(title=N_("Claims per 1,000 sold"))
    per_thousand_days: PositiveFloat = Field(title=N_("Claims per 1,000 days"))


class ClaimAlarm(BaseModel, frozen=True, extra="forbid"):
    """When claims are too many for an honest listing or shop."""

    false_alarms_per_million: PositiveInt = Field(title=N_("False alarms per million"))
    epoch_days: PositiveInt = Field(title=N_("Period (days)"))
    ratios: Annotated[tuple[Annotated[float, Field(gt=1)], ...], Field(min_length=1)] = Field(
        title=N_("Increases tested (times)")
    )
    listing: Rate = Field(title=N_("Usual for a listing"))
    seller: Rate = Field(title=N_("Usual for a shop"))


class Limit(BaseModel, frozen=True, extra="forbid"):
    """How many points a claim gets beyond the limit."""

    limit: NonNegativeInt = Field(title=N_("Limit"))
    points: NonNegativeInt = Field(title=N_("Risk score"))


# What a claim is scored by, and its words.
PARTS = {
    "amount": N_("Amount of the claim (KRW)"),
    "claims": N_("Claims of the buyer"),
    "account_days": N_("Age of the buyer's account (days)"),
    "claims_on_seller": N_("Claims of the buyer on the same shop"),
    "declined": N_("Declined claims of the buyer"),
    "young_buyers_on_seller": N_("New accounts with claims on the same shop"),
    "not_returned": N_("Items not returned"),
    "found_genuine": N_("Items found genuine"),
}


class Abuse(BaseModel, frozen=True, extra="forbid"):
    """The points of a claim by what is known of it and its buyer; from ``hold_from`` on a person decides."""

    hold_from: PositiveInt = Field(title=N_("Risk score from which a person decides"))
    window_days: PositiveInt = Field(title=N_("Days looked back"))
    ring_days: PositiveInt = Field(title=N_("Days looked back for groups of new accounts"))
    young_days: PositiveInt = Field(title=N_("Days an account counts as new"))
    limits: Annotated[Mapping[str, Limit], of_each(PARTS)] = Field(title=N_("Limits"))


class Refunds(BaseModel, frozen=True, extra="forbid", title=N_("Refunds")):
    """What a buyer may claim, and for how long."""

    claim_within_days: PositiveInt = Field(title=N_("Days to claim a refund"))
    regions: Annotated[frozenset[Region], Field(min_length=1)] = Field(title=N_("Countries"))
    claims_per_hour: PositiveInt = Field(title=N_("Claims per buyer and hour"))
    appeal_within_days: PositiveInt = Field(title=N_("Days to appeal a declined claim"))
    warn_buyers_of_days: PositiveInt = Field(
        title=N_("Earlier buyers warned of a confirmed fake (days back)")
    )
    returns: Returns = Field(title=N_("Returns"))
    signal: ClaimAlarm = Field(title=N_("Alarm on unusual claims"))
    reasons: Catalogue[Entry] = Field(title=N_("Reasons"))
    abuse: Abuse = Field(title=N_("Misuse checks"))
