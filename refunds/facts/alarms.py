"""What many claims together say, and who was told of it."""

from dataclasses import dataclass
from typing import ClassVar

from klean.core.events.facts import N_, Fact, SentenceByCode


@dataclass(frozen=True, kw_only=True)
class ClaimSurgeDetected(Fact):
    """More buyers claimed refunds on a listing, or on a whole shop, than honest trade explains."""

    name: ClassVar[str] = "refunds.claim_surge.detected"
    sentence: ClassVar[str] = N_("Unusually many refund claims")
    listing: str
    listing_id: int | None
    seller: str
    seller_id: int
    claims: int
    expected: float
    evidence: float


@dataclass(frozen=True, kw_only=True)
class BuyerWarningSent(Fact):
    """Past buyers of a listing were told that it is a counterfeit, or that it is not after all."""

    name: ClassVar[str] = "refunds.buyer_warning.sent"
    sentence: ClassVar[SentenceByCode] = SentenceByCode(
        "kind",
        {
            "RETRACTED": N_("Past buyers of listing %(listing)s told that it was not counterfeit"),
        },
        otherwise=N_("Past buyers of listing %(listing)s warned of a counterfeit"),
    )
    listing: str
    listing_id: int
    kind: str
    buyers: int
