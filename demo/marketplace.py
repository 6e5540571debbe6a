"""The invented marketplace's own machines: its orders and refunds, and its ear for webhooks."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from demo.people import MARKET, marketplace
from klean.core.access.models import User
from klean.core.policy.queries import day_of
from klean.core.webhooks.actions import disable_endpoint, enable_endpoint
from klean.core.webhooks.models import WebhookEndpoint
from listings.models import Listing
from refunds.gateways.fake_marketplace.server import FakeMarketplace

SUBSCRIBED_EVENTS = [
    "listings.listing.*",
    "refunds.claim.*",
    "refunds.refund.*",
    "enforcement.*",
    "sellers.standing.*",
]


@dataclass(frozen=True, slots=True)
class Bought:
    """An order of one item."""

    number: str
    listing: Listing
    buyer: User
    days_ago: int
    account_days: int = 700


def folder() -> Path:
    found = Path(settings.KLEAN_STATE) / "marketplace"
    found.mkdir(mode=0o700, exist_ok=True)
    return found


@contextmanager
def running() -> Iterator[FakeMarketplace]:
    """The marketplace at the address that the settings name, for as long as the demo is loaded."""
    port = urlsplit(settings.KLEAN_ORDERS_URL).port or 0
    state = folder() / "orders.json"
    with FakeMarketplace(port=port, state=state, token=settings.KLEAN_GATEWAY_TOKEN) as market:
        yield market


def put_orders(market: FakeMarketplace, orders: list[Bought], *, at: datetime) -> None:
    for order in orders:
        market.put_order(order.number, _order_body(order, at))


def _order_body(order: Bought, at: datetime) -> dict[str, object]:
    buyer = {
        "id": f"B{order.buyer.pk:05}",
        "email_sha256": hashlib.sha256(order.buyer.email.encode()).hexdigest(),
        "account_opened_on": (day_of(at) - timedelta(days=order.account_days)).isoformat(),
    }
    line = {"listing": order.listing.external_id, "amount": order.listing.price, "refunded": 0}
    paid_at = at - timedelta(days=order.days_ago)
    return {"region": "KR", "paid_at": paid_at.isoformat(), "buyer": buyer, "lines": [line]}


def connect_marketplace(*, at: datetime) -> None:
    """Let webhooks go to the marketplace at its present address, and let it know by which secrets to trust us."""
    address = f"{settings.KLEAN_ORDERS_URL}/hooks"
    for old in WebhookEndpoint.objects.filter(organisation=marketplace(), disabled_at=None).exclude(
        url=address
    ):
        if old.url.endswith("/hooks"):
            disable_endpoint(old, at=at, actor=MARKET)
    endpoint = WebhookEndpoint.objects.filter(
        organisation=marketplace(), url=address, disabled_at=None
    ).first()
    endpoint = endpoint or enable_endpoint(marketplace(), address, SUBSCRIBED_EVENTS, at=at, actor=MARKET)
    secrets = folder() / "secrets.json"
    secrets.touch(mode=0o600)
    secrets.write_text(json.dumps({"token": settings.KLEAN_GATEWAY_TOKEN, "hook_secret": endpoint.secret}))
