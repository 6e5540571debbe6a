"""Whether an order allows a refund: a matter of the order alone, never of evidence."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from refunds.rules.policy import Refunds

ORDER_NUMBER = r"[A-Za-z0-9][A-Za-z0-9._:-]{2,63}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One item of an order, in won, and how many of it and of its shop were ever sold, where that is told."""

    listing: str
    amount: int
    refunded: int
    sold: int | None = None
    seller_sold: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What the marketplace says of an order; ``paid_at`` is None while it is unpaid."""

    buyer: str
    buyer_email_sha256: str
    account_opened_on: date
    region: str
    paid_at: datetime | None
    lines: tuple[Line, ...]

    def line_of(self, listing: str) -> Line | None:
        return next((line for line in self.lines if line.listing == listing), None)


def hashed_address(email: str) -> str:
    """An e-mail address as the marketplace tells it of its buyers."""
    return hashlib.sha256(email.lower().encode()).hexdigest()


def why_ineligible(
    order: Order | None,
    *,
    listing: str,
    buyer_email_sha256: str,
    asked_at: datetime,
    terms: Refunds,
) -> str:
    """The code of the first thing that forbids the refund, or ``""``.

    ``buyer_email_sha256`` is ``""`` when the marketplace itself asks for its buyer. A stranger's order is answered
    like one that does not exist.
    """
    if order is None or buyer_email_sha256 not in {"", order.buyer_email_sha256}:
        return "ORDER_NOT_FOUND"
    line = order.line_of(listing)
    if line is None:
        return "NOT_IN_ORDER"
    if order.paid_at is None:
        return "NOT_PAID"
    checks = (
        ("REGION", order.region not in terms.regions),
        ("ALREADY_REFUNDED", line.refunded > 0),
        ("TOO_LATE", asked_at - order.paid_at > timedelta(days=terms.claim_within_days)),
    )
    return next((code for code, forbids in checks if forbids), "")
