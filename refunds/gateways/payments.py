"""The marketplace's payment side: instructs a refund under our key, so that it pays once (docs/gateways.md)."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from refunds.gateways.marketplace import GatewayDown, ask

CONFLICT = 409
NOT_FOUND = 404
OK = 200


@dataclass(frozen=True, slots=True)
class RefundAnswer:
    """What the payment side says: paid under a ``reference``, not yet (both empty), or ``refused`` for good."""

    reference: str = ""
    refused: str = ""


def instruct_refund(*, key: str, order: str, listing: str, amount: int) -> RefundAnswer:
    """Send the instruction once more or for the first time. Raises ``GatewayDown`` when nothing is known after."""
    body = {"order": order, "listing": listing, "amount": amount, "currency": "KRW"}
    status, answer = ask("KLEAN_PAYMENTS_URL", "/refunds", method="POST", body=body, key=key)
    if status == CONFLICT:
        return _look_up(key, amount, because=_code(answer, status))
    if status >= 400:
        return RefundAnswer(refused=_code(answer, status))
    return read_refund(answer, amount)


def _look_up(key: str, amount: int, *, because: str) -> RefundAnswer:
    """A conflict may be our own refund, done under an answer that never reached us."""
    status, answer = ask("KLEAN_PAYMENTS_URL", f"/refunds/{key}")
    if status == NOT_FOUND:
        return RefundAnswer(refused=because)
    if status >= 400:
        raise GatewayDown(f"answered {status} about a refund")
    return read_refund(answer, amount)


def read_refund(answer: dict[str, Any], amount: int) -> RefundAnswer:
    """Paid only when reference, state and amount all say so."""
    state, reference = answer.get("state"), answer.get("refund")
    if state == "pending":
        return RefundAnswer()
    if state == "refused":
        return RefundAnswer(refused=str(answer.get("code") or "refused")[:200])
    if state != "done" or not isinstance(reference, str) or not reference or answer.get("amount") != amount:
        raise GatewayDown("answered a refund that is not the one we asked for")
    return RefundAnswer(reference=reference[:100])


@dataclass(frozen=True, slots=True)
class ListedRefund:
    """A refund as the payment side lists it."""

    key: str
    reference: str
    amount: int


def refunds_of(day: date) -> list[ListedRefund]:
    """Every refund that the payment side did on that day in Seoul, page after page. Raises ``GatewayDown``."""
    found: list[ListedRefund] = []
    after = ""
    while True:
        query = urlencode({"day": day.isoformat(), "after": after})
        status, body = ask("KLEAN_PAYMENTS_URL", f"/refunds?{query}")
        if status != OK:
            raise GatewayDown(f"answered {status} about the refunds of a day")
        try:
            found += [
                ListedRefund(
                    key=str(one["key"])[:100],
                    reference=str(one["refund"])[:100],
                    amount=_amount(one["amount"]),
                )
                for one in body["refunds"]
            ]
            following = str(body["next"] or "")
        except (KeyError, TypeError, ValueError) as error:
            raise GatewayDown(f"answered refunds that cannot be read: {error!r}") from error
        if not following:
            return found
        if following <= after:
            raise GatewayDown("answered the same page of refunds twice")
        after = following


def is_refund_done(key: str, amount: int) -> bool:
    """Whether the payment side knows this refund as done. Raises ``GatewayDown``."""
    status, answer = ask("KLEAN_PAYMENTS_URL", f"/refunds/{key}")
    return status == OK and bool(read_refund(answer, amount).reference)


def _amount(value: Any) -> int:
    if type(value) is not int or value <= 0:
        raise ValueError("amounts are whole won")
    return value


def _code(answer: dict[str, Any], status: int) -> str:
    return str(answer.get("code") or f"answered {status}")[:200]
