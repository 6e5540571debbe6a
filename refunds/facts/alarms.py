"""What many claims together say, and who was told of it."""

from dataclasses import dataclass
from typing import ClassVar

from klean.core.events.facts import Fact


@dataclass(frozen=True, kw_only=True)
class ClaimsAlarmed(Fact):
    """More buyers claimed on a listing, or on a whole shop, than an honest one would see."""

    name: ClassVar[str] = "refunds.claims.alarmed"
    listing: str
    listing_id: int | None
    seller: str
    seller_id: int
    claims: int
    expected: float
    evidence: float


@dataclass(frozen=True, kw_only=True)
class BuyersWarned(Fact):
    """The marketplace told past buyers of a listing that it is a fake, or that it is none."""

    name: ClassVar[str] = "refunds.buyers.warned"
    listing: str
    listing_id: int
    kind: str
    buyers: int
