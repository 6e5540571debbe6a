"""The marketplace's payment side: instructs a refund under our key, so that it pays once (docs/gateways.md)."""

from dataclasses import dataclass
from typing import Any

from reports.gateways.marketplace import GatewayDown, ask

CONFLICT = 409
NOT_FOUND = 404


@dataclass(frozen=True, slots=True)
class Instructed:
    """What the payment side says: paid under a ``reference``, not yet (both empty), or ``refused`` for good."""

    reference: str = ""
    refused: str = ""


def instruct_refund(*, key: str, order: str, listing: str, amount: int) -> Instructed:
    """Send the instruction once more or for the first time. Raises ``GatewayDown`` when nothing is known after."""
    body = {"order": order, "listing": listing, "amount": amount, "currency": "KRW"}
    status, answer = ask("KLEAN_PAYMENTS_URL", "/refunds", method="POST", body=body, key=key)
    if status == CONFLICT:
        return _look_up(key, amount, because=_code(answer, status))
    if status >= 400:
        return Instructed(refused=_code(answer, status))
    return _read(answer, amount)


def _look_up(key: str, amount: int, *, because: str) -> Instructed:
    """A conflict may be our own refund, done under an answer that never reached us."""
    status, answer = ask("KLEAN_PAYMENTS_URL", f"/refunds/{key}")
    if status == NOT_FOUND:
        return Instructed(refused=because)
    if status >= 400:
        raise GatewayDown(f"answered {status} about a refund")
    return _read(answer, amount)


def _read(answer: dict[str, Any], amount: int) -> Instructed:
    """Paid only when reference, state and amount all say so."""
    state, reference = answer.get("state"), answer.get("refund")
    if state == "pending":
        return Instructed()
    if state == "refused":
        return Instructed(refused=str(answer.get("code") or "refused")[:200])
    if state != "done" or not isinstance(reference, str) or not reference or answer.get("amount") != amount:
        raise GatewayDown("answered a refund that is not the one we asked for")
    return Instructed(reference=reference[:100])


def _code(answer: dict[str, Any], status: int) -> str:
    return str(answer.get("code") or f"answered {status}")[:200]
