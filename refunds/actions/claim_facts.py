"""A fact about a claim, filled from its row."""

from typing import Any, TypeVar

from refunds.facts.claims import AboutClaim
from refunds.models.claims import RefundClaim

FactType = TypeVar("FactType", bound=AboutClaim)


def claim_fact(fact: type[FactType], claim: RefundClaim, **also: Any) -> FactType:
    """The fact about this claim, with what it says besides."""
    return fact(
        claim_id=claim.pk,
        listing=claim.listing.external_id,
        listing_id=claim.listing_id,
        seller=claim.seller.external_id,
        seller_id=claim.seller_id,
        order=claim.order,
        amount=claim.amount,
        **also,
    )
