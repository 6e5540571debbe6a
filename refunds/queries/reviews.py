"""Refusals that another person is asked to look at."""

from refunds.models.claims import RefundClaim
from refunds.models.reviews import ClaimReview


def review_of(claim: RefundClaim) -> ClaimReview | None:
    return ClaimReview.objects.filter(claim=claim).first()


def open_reviews(*, limit: int = 50) -> list[ClaimReview]:
    """Refusals that another person is asked to look at, oldest first."""
    rows = ClaimReview.objects.filter(state=ClaimReview.State.SUBMITTED)
    return list(rows.select_related("claim__listing", "claim__seller").order_by("pk")[:limit])
