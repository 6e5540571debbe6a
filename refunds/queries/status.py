"""Where a claim stands, as its buyer reads it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from refunds.models.claims import RefundClaim
from refunds.queries.claims import payment_of
from refunds.queries.parcels import parcel_of


class ClaimStatus(StrEnum):
    """Where a claim stands, as its buyer reads it."""

    CHECKING = "checking"
    NOT_CONNECTED = "not_connected"
    WAITING = "waiting"
    HELD = "held"
    PAYING = "paying"
    PAYMENT_WAITING = "payment_waiting"
    PAID = "paid"
    NOT_COVERED = "not_covered"
    DECLINED = "declined"


ENDED: Mapping[str, ClaimStatus] = {
    RefundClaim.State.INELIGIBLE: ClaimStatus.NOT_COVERED,
    RefundClaim.State.ABUSE_HOLD: ClaimStatus.HELD,
    RefundClaim.State.DECLINED: ClaimStatus.DECLINED,
    RefundClaim.State.REFUNDED: ClaimStatus.PAID,
}


def status_of(claim: RefundClaim) -> ClaimStatus:
    if claim.state in ENDED:
        return ENDED[claim.state]
    payment = payment_of(claim)
    if payment:
        return ClaimStatus.PAYMENT_WAITING if payment.last_error else ClaimStatus.PAYING
    if not settings.KLEAN_ORDERS_URL:
        return ClaimStatus.NOT_CONNECTED
    return ClaimStatus.WAITING if claim.last_error else ClaimStatus.CHECKING


@dataclass(frozen=True, slots=True)
class TimelineStep:
    """One step of a claim; ``at`` is None while it is ahead."""

    label: Any
    at: datetime | None


def timeline_of(claim: RefundClaim) -> list[TimelineStep]:
    """Asked, approved, paid, parcel: what is behind the buyer and what is ahead."""
    parcel = parcel_of(claim)
    promised = claim.decided_at if claim.state in RefundClaim.COMMITTED else None
    timeline = [
        TimelineStep(_("Claim received"), claim.opened_at),
        TimelineStep(_("Approved"), promised),
        TimelineStep(_("Refunded"), claim.refunded_at),
    ]
    if parcel:
        timeline.append(TimelineStep(_("Item received"), parcel.received_at))
    return timeline
