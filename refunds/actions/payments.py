"""Paying what was promised: sent under one key until the payment side has answered yes or no, booked once."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar

from django.db import transaction

from klean.core.events.actors import Actor
from klean.core.events.record import record
from klean.core.operations.due_work import NotYet, work_off
from klean.core.operations.wake import wake
from klean.core.rows.locks import lock_row
from refunds.actions.claim_facts import claim_fact
from refunds.actions.ledger import post_movements
from refunds.actions.mails import mail_claimant
from refunds.actions.parcels import request_parcel
from refunds.facts.claims import ClaimRefunded
from refunds.facts.money import AboutPayment, RefundFailed, RefundPaid, RefundRetried
from refunds.gateways.marketplace import GatewayDown
from refunds.gateways.payments import RefundAnswer, instruct_refund, read_refund
from refunds.models.claims import RefundClaim, RefundPayment
from refunds.models.ledger import Posting

State = RefundPayment.State
FactType = TypeVar("FactType", bound=AboutPayment)
TIMEOUT = timedelta(seconds=10)  # an answer at the last moment
PAYMENTS = Actor("system", "payments")


def pay_due_refunds(*, at: datetime, limit: int = 10) -> int:
    """Send due instructions; without an answer one stays due, under the same key."""
    return work_off(RefundPayment, partial(_pay, at=at), at=at, batch=limit, timeout=TIMEOUT)


def _pay(payment: RefundPayment, *, at: datetime) -> None:
    try:
        answer = _send(payment)
    except GatewayDown as failure:
        raise NotYet(failure) from failure
    if not (answer.reference or answer.refused):
        raise NotYet("not paid yet")
    settle_payment(payment, answer, at=at, actor=PAYMENTS)


def _send(payment: RefundPayment) -> RefundAnswer:
    claim = RefundClaim.objects.select_related("listing").get(pk=payment.claim_id)
    return instruct_refund(
        key=str(payment.idempotency_key),
        order=claim.order,
        listing=claim.listing.external_id,
        amount=payment.amount,
    )


@transaction.atomic
def settle_payment(payment: RefundPayment, answer: RefundAnswer, *, at: datetime, actor: Actor) -> None:
    """Book the answer of the payment side; an answer that comes late or twice changes nothing."""
    payment = lock_row(RefundPayment, payment.pk)
    if payment.state != State.INSTRUCTED:
        return
    claim = lock_row(RefundClaim, payment.claim_id)
    if answer.refused:
        payment.step(State.FAILED, due_at=None, last_error=answer.refused)
        record(_payment_fact(RefundFailed, payment, claim), about=payment, at=at, actor=actor)
        return
    payment.step(State.PAID, paid_at=at, gateway_reference=answer.reference, due_at=None, last_error="")
    claim.step(RefundClaim.State.REFUNDED, refunded_at=at)
    post_movements(Posting.Kind.PAID, [claim], at=at, actor=actor)
    record(_payment_fact(RefundPaid, payment, claim), about=payment, at=at, actor=actor)
    record(claim_fact(ClaimRefunded, claim), about=claim, at=at, actor=actor)
    request_parcel(claim, at=at, actor=actor)
    mail_claimant(claim, "refunded", at=at)


def apply_payment_callback(key: str, payload: dict[str, Any], *, at: datetime, actor: Actor) -> bool:
    """Apply what the payment side reports by itself, early, late or twice; answers whether the key is ours."""
    payment = RefundPayment.objects.filter(idempotency_key=key).first()
    if payment is None:
        return False
    answer = read_refund(payload, payment.amount)
    if answer.reference or answer.refused:
        settle_payment(payment, answer, at=at, actor=actor)
    return True


@transaction.atomic
def retry_payment(payment: RefundPayment, *, at: datetime, actor: Actor) -> None:
    """Send a refused instruction again, under the same key, after a person has mended the cause."""
    payment = lock_row(RefundPayment, payment.pk)
    payment.step(State.INSTRUCTED, due_at=at, attempts=0)
    record(_payment_fact(RefundRetried, payment, payment.claim), about=payment, at=at, actor=actor)
    wake("refunds.tasks.pay_due_refunds")


def _payment_fact(fact: type[FactType], payment: RefundPayment, claim: RefundClaim) -> FactType:
    return fact(claim_id=claim.pk, payment_id=payment.pk, order=claim.order, amount=payment.amount)
