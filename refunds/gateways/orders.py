"""The marketplace's orders: what was bought, by whom, when it was paid (docs/gateways.md)."""

import re
from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from refunds.gateways.marketplace import GatewayDown, ask
from refunds.rules.eligibility import ORDER_NUMBER, Line, Order

NOT_FOUND = 404
OK = 200


def order_of(order: str) -> Order | None:
    """The order, or None when the marketplace knows none of that number. Raises ``GatewayDown``."""
    status, body = ask("KLEAN_ORDERS_URL", f"/orders/{quote(order, safe='')}")
    if status == NOT_FOUND:
        return None
    if status != OK:
        raise GatewayDown(f"answered {status} about an order")
    try:
        return _read(body)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise GatewayDown(f"answered an order that cannot be read: {error!r}") from error


def items_of_order(number: str) -> list[str]:
    """The listings bought under this number; none when it is no order's, or the marketplace does not answer."""
    if not re.fullmatch(ORDER_NUMBER, number):
        return []
    try:
        order = order_of(number)
    except GatewayDown:
        return []
    return [line.listing for line in order.lines] if order else []


def _read(body: dict[str, Any]) -> Order:
    paid_at = datetime.fromisoformat(body["paid_at"]) if body["paid_at"] is not None else None
    if paid_at is not None and paid_at.tzinfo is None:
        raise ValueError("paid_at has no time zone")
    return Order(
        buyer=str(body["buyer"]["id"])[:64],
        buyer_email_sha256=body["buyer"]["email_sha256"].lower(),
        account_opened_on=date.fromisoformat(body["buyer"]["account_opened_on"]),
        region=body["region"],
        paid_at=paid_at,
        lines=tuple(_line(line) for line in body["lines"]),
    )


def _line(line: dict[str, Any]) -> Line:
    amount, refunded = line["amount"], line["refunded"]
    if type(amount) is not int or type(refunded) is not int or amount <= 0 or refunded < 0:
        raise ValueError("amounts are whole won")
    return Line(
        listing=str(line["listing"]),
        amount=amount,
        refunded=refunded,
        sold=_count(line.get("sold")),
        seller_sold=_count(line.get("seller_sold")),
    )


def _count(value: Any) -> int | None:
    return value if type(value) is int and value >= 0 else None


def warn_buyers(*, key: str, listing: str, kind: str, bought_since: datetime, link: str) -> int:
    """Have the marketplace tell past buyers of a listing; how many it reaches. Raises ``GatewayDown``."""
    body = {"listing": listing, "kind": kind, "bought_since": bought_since.isoformat(), "link": link}
    status, answer = ask("KLEAN_ORDERS_URL", "/buyer-notices", method="POST", body=body, key=key)
    buyers = _count(answer.get("buyers"))
    if status >= 400 or buyers is None:
        raise GatewayDown(f"answered {status} about a notice to buyers")
    return buyers
