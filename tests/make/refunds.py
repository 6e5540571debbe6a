"""Refund claims, and the orders of a marketplace that runs in the test."""

import hashlib
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from klean.core.access.models import User
from listings.models import Listing
from refunds.actions.claims import Claimant, open_claim
from refunds.gateways.fake_marketplace.server import FakeMarketplace
from refunds.models.claims import RefundClaim
from tests.fixtures import TESTER
from tests.make.reports import consumer, offer


def order(
    market: FakeMarketplace,
    number: str = "O-1001",
    *,
    listing: str = "1005",
    buyer: str = "jiwoo@test.klean",
    amount: int = 129_000,
    paid_at: datetime | None = None,
    **also: Any,
) -> str:
    """An order that is paid and may be refunded."""
    paid_at = paid_at or timezone.now() - timedelta(days=10)
    account = {
        "id": f"B-{buyer.partition('@')[0]}",
        "email_sha256": hashlib.sha256(buyer.encode()).hexdigest(),
        "account_opened_on": "2023-05-01",
    }
    given = {
        "region": "KR",
        "paid_at": paid_at.isoformat(),
        "buyer": account,
        "lines": [{"listing": listing, "amount": amount, "refunded": 0}],
    } | also
    market.put_order(number, given)
    return number


def claim(
    number: str = "O-1001", about: Listing | None = None, *, by: User | None = None, at: Any = None
) -> RefundClaim:
    opened, _is_new = open_claim(
        number,
        about or offer(),
        Claimant.buyer(by or consumer()),
        reason="LOOKS_FAKE",
        at=at or timezone.now(),
        actor=TESTER,
    )
    return opened
