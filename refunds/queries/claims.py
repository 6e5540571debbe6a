"""What pages and calls read of refund claims, each for somebody who may."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, Sum
from django.http import Http404
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from klean.core.access.models import User
from klean.core.web.paging import Page, page_of
from refunds.models.claims import RefundClaim, RefundPayment
from refunds.models.ledger import LedgerEntry
from refunds.models.parcels import ReturnParcel
from refunds.models.reconciliation import Reconciliation
from refunds.models.reviews import ClaimReview
from refunds.rules.abuse import Known
from sellers.models import Seller


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


class Standing(StrEnum):
    """Where a claim stands, as its buyer is told."""

    CHECKING = "checking"
    NOT_CONNECTED = "not_connected"
    WAITING = "waiting"
    HELD = "held"
    PAYING = "paying"
    PAYMENT_WAITING = "payment_waiting"
    PAID = "paid"
    NOT_COVERED = "not_covered"
    DECLINED = "declined"


ENDED: Mapping[str, Standing] = {
    RefundClaim.State.INELIGIBLE: Standing.NOT_COVERED,
    RefundClaim.State.ABUSE_HOLD: Standing.HELD,
    RefundClaim.State.DECLINED: Standing.DECLINED,
    RefundClaim.State.REFUNDED: Standing.PAID,
}


def standing_of(claim: RefundClaim) -> Standing:
    if claim.state in ENDED:
        return ENDED[claim.state]
    payment = payment_of(claim)
    if payment:
        return Standing.PAYMENT_WAITING if payment.last_error else Standing.PAYING
    if not settings.KLEAN_ORDERS_URL:
        return Standing.NOT_CONNECTED
    return Standing.WAITING if claim.last_error else Standing.CHECKING


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop on the way of a claim; ``at`` is None while it is ahead."""

    words: Any
    at: datetime | None


def way_of(claim: RefundClaim) -> list[Stop]:
    """Asked, approved, paid, parcel: what is behind the buyer and what is ahead."""
    parcel = parcel_of(claim)
    promised = claim.decided_at if claim.state in RefundClaim.COMMITTED else None
    way = [
        Stop(_("You asked"), claim.opened_at),
        Stop(_("Approved"), promised),
        Stop(_("Paid back"), claim.refunded_at),
    ]
    if parcel:
        way.append(Stop(_("Your parcel is here"), parcel.received_at))
    return way


def page_of_claims(user: User, after: str, *, size: int = 20) -> Page[RefundClaim]:
    claims = RefundClaim.objects.filter(claimant=user).select_related("listing")
    return page_of(claims, order=("-id",), after=after, size=size)


def page_of_held_claims(after: str, *, size: int = 40) -> Page[RefundClaim]:
    held = RefundClaim.objects.filter(state=RefundClaim.State.ABUSE_HOLD).select_related("listing", "seller")
    return page_of(held, order=("id",), after=after, size=size)


def failed_payments(*, limit: int = 50) -> list[RefundPayment]:
    """What the payment side refused and a person must look at."""
    failed = RefundPayment.objects.filter(state=RefundPayment.State.FAILED)
    return list(failed.select_related("claim__listing", "claim__seller").order_by("pk")[:limit])


def owed_by(seller: Seller) -> int:
    """What the seller owes for refunds on confirmed fakes, in won."""
    total: int | None = LedgerEntry.objects.filter(seller=seller).aggregate(total=Sum("amount"))["total"]
    return -(total or 0)


PART_WORDS: Mapping[str, Any] = {
    "amount": _("The amount, %(found)s won, is above %(limit)s won."),
    "claims": _(
        "It is this buyer's claim number %(found)s within the window; %(limit)s are paid without a look."
    ),
    "account_days": _(
        "The buyer's account was %(found)s days old; from %(limit)s days on it counts as settled."
    ),
    "claims_on_seller": _("It is this buyer's claim number %(found)s on this shop; %(limit)s passes."),
    "declined": _("Earlier claims of this buyer that were declined: %(found)s."),
    "young_buyers_on_seller": _("Other new accounts that claimed on this shop within days: %(found)s."),
    "not_returned": _("Parcels that this buyer did not send back: %(found)s; %(limit)s passes."),
    "found_genuine": _("Parcels of this buyer that were found genuine: %(found)s; %(limit)s passes."),
}


def words_of_parts(claim: RefundClaim) -> list[tuple[str, int]]:
    """The abuse score, part by part: what was found, and its points."""
    return [
        (PART_WORDS[part["code"]] % {key: f"{part[key]:,}" for key in ("found", "limit")}, part["points"])
        for part in claim.abuse_parts
    ]


def what_is_known(claim: RefundClaim, terms: Mapping[str, Any]) -> Known:
    """What the abuse rule weighs, counted from other claims."""
    others = RefundClaim.objects.filter(state__in=RefundClaim.CONFIRMED).exclude(pk=claim.pk)
    since = claim.opened_at - timedelta(days=terms["window_days"])
    mine = Q(buyer=claim.buyer, opened_at__gt=since)
    counts = others.filter(buyer=claim.buyer).aggregate(
        claims=Count("pk", filter=mine),
        claims_on_seller=Count("pk", filter=mine & Q(seller=claim.seller_id)),
        declined=Count("pk", filter=Q(state=RefundClaim.State.DECLINED)),
    )
    parcels = ReturnParcel.objects.filter(claim__buyer=claim.buyer).aggregate(
        not_returned=Count("pk", filter=Q(state=ReturnParcel.State.NOT_RETURNED)),
        found_genuine=Count("pk", filter=Q(state=ReturnParcel.State.GENUINE)),
    )
    ring = others.exclude(buyer=claim.buyer).filter(
        seller=claim.seller_id,
        opened_at__gt=claim.opened_at - timedelta(days=terms["ring_days"]),
        account_opened_on__gt=(claim.opened_at - timedelta(days=terms["young_days"])).date(),
    )
    opened_on = claim.account_opened_on
    return Known(
        amount=claim.amount or 0,
        account_days=(claim.opened_at.date() - opened_on).days if opened_on else 0,
        young_buyers_on_seller=ring.values("buyer").distinct().count(),
        **counts,
        **parcels,
    )


def parcel_of(claim: RefundClaim) -> ReturnParcel | None:
    return ReturnParcel.objects.filter(claim=claim).first()


def parcel_address(terms: Mapping[str, Any]) -> str:
    """Where buyers send what they are asked for, in the reader's language."""
    language = "ko" if (get_language() or "").startswith("ko") else "en"
    return str(terms["returns"].get(f"address_{language}", ""))


def review_of(claim: RefundClaim) -> ClaimReview | None:
    return ClaimReview.objects.filter(claim=claim).first()


def open_reviews(*, limit: int = 50) -> list[ClaimReview]:
    """Refusals that another person is asked to look at, oldest first."""
    rows = ClaimReview.objects.filter(state=ClaimReview.State.SUBMITTED)
    return list(rows.select_related("claim__listing", "claim__seller").order_by("pk")[:limit])


def page_of_parcels(kind: str, after: str, *, size: int = 40) -> Page[ReturnParcel]:
    """Parcels that the desk awaits, or has to examine; oldest first."""
    wanted = [ReturnParcel.State.AUTHENTICATION] if kind == "examine" else ReturnParcel.AWAITED
    rows = ReturnParcel.objects.filter(state__in=wanted).select_related("claim__listing", "claim__seller")
    return page_of(rows, order=("id",), after=after, size=size)


def page_of_reconciliations(after: str, *, size: int = 31) -> Page[Reconciliation]:
    rows = Reconciliation.objects.prefetch_related("differences__payment__claim")
    return page_of(rows, order=("-id",), after=after, size=size)
