"""What happened to refund claims: ids and codes only, never who claimed."""

from dataclasses import dataclass
from typing import ClassVar

from klean.core.events.facts import Fact


@dataclass(frozen=True, kw_only=True)
class AboutClaim(Fact):
    claim_id: int
    listing: str
    listing_id: int
    seller: str
    seller_id: int
    order: str
    amount: int | None


@dataclass(frozen=True, kw_only=True)
class ClaimOpened(AboutClaim):
    """A buyer asked for money back; the amount is not known yet."""

    name: ClassVar[str] = "refunds.claim.opened"


@dataclass(frozen=True, kw_only=True)
class ClaimIneligible(AboutClaim):
    """The order does not allow the claim."""

    name: ClassVar[str] = "refunds.claim.ineligible"
    because: str


@dataclass(frozen=True, kw_only=True)
class ClaimApproved(AboutClaim):
    """The refund is promised, before any verdict on the goods."""

    name: ClassVar[str] = "refunds.claim.approved"


@dataclass(frozen=True, kw_only=True)
class ClaimHeld(AboutClaim):
    """The abuse score keeps the claim for a person."""

    name: ClassVar[str] = "refunds.claim.held"
    score: int
    parts: list[str]


@dataclass(frozen=True, kw_only=True)
class ClaimDeclined(AboutClaim):
    """A person declined the claim, with reasons."""

    name: ClassVar[str] = "refunds.claim.declined"


@dataclass(frozen=True, kw_only=True)
class ClaimRefunded(AboutClaim):
    """The buyer has the money back."""

    name: ClassVar[str] = "refunds.claim.refunded"


@dataclass(frozen=True, kw_only=True)
class ClaimReviewRequested(AboutClaim):
    """A buyer who was refused asked another person to look again."""

    name: ClassVar[str] = "refunds.claim_review.requested"


@dataclass(frozen=True, kw_only=True)
class ClaimReviewDecided(AboutClaim):
    """Another person left the refusal as it was, or approved the claim after all."""

    name: ClassVar[str] = "refunds.claim_review.decided"
    outcome: str


@dataclass(frozen=True, kw_only=True)
class ParcelMoved(AboutClaim):
    """The goods of a refunded claim are asked for, on their way, here, or overdue."""

    name: ClassVar[str] = "refunds.parcel.moved"
    state: str


@dataclass(frozen=True, kw_only=True)
class ParcelExamined(AboutClaim):
    """The goods were examined."""

    name: ClassVar[str] = "refunds.parcel.examined"
    finding: str
