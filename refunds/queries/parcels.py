"""Parcels of refunded claims."""

from klean.core.web.paging import Page, page_of
from refunds.models.claims import RefundClaim
from refunds.models.parcels import ReturnParcel


def parcel_of(claim: RefundClaim) -> ReturnParcel | None:
    return ReturnParcel.objects.filter(claim=claim).first()


def page_of_parcels(kind: str, after: str, *, size: int = 40) -> Page[ReturnParcel]:
    """Parcels that the desk awaits, or has to examine; oldest first."""
    wanted = [ReturnParcel.State.AUTHENTICATION] if kind == "examine" else ReturnParcel.AWAITED
    rows = ReturnParcel.objects.filter(state__in=wanted).select_related("claim__listing", "claim__seller")
    return page_of(rows, order=("id",), after=after, size=size)
