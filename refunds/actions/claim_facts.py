"""A fact about a claim, filled from its row."""

from typing import Any, TypeVar

from refunds.facts.claims import AboutClaim
from refunds.models.claims import RefundClaim

AFact = TypeVar("AFact", bound=AboutClaim)


def told(fact: type[AFact], claim: RefundClaim, **also: Any) -> AFact:
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
