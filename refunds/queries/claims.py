"""What pages and calls read of refund claims, each for somebody who may."""

from django.http import Http404

from klean.core.access.models import User
from klean.core.web.paging import Page, page_of
from refunds.models.claims import RefundClaim, RefundPayment


def claim_by(reference: str) -> RefundClaim:
    claims = RefundClaim.objects.select_related("listing", "seller", "claimant", "policy")
    claim = claims.filter(reference=reference.upper()).first()
    if claim is None:
        raise Http404
    return claim


def claim_for(user: User, reference: str) -> RefundClaim:
    """The buyer's own claim, or 404."""
    claim = claim_by(reference)
    if claim.claimant_id != user.pk:
        raise Http404
    return claim


def payment_of(claim: RefundClaim) -> RefundPayment | None:
    return RefundPayment.objects.filter(claim=claim).first()


def page_of_claims(user: User, after: str, *, size: int = 20) -> Page[RefundClaim]:
    claims = RefundClaim.objects.filter(claimant=user).select_related("listing")
    return page_of(claims, order=("-id",), after=after, size=size)


def page_of_held_claims(after: str, *, size: int = 40) -> Page[RefundClaim]:
    claims = RefundClaim.objects.filter(state=RefundClaim.State.ABUSE_HOLD).select_related(
        "listing", "seller"
    )
    return page_of(claims, order=("id",), after=after, size=size)
