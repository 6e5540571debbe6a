"""What the order says of a claim: not covered, approved, or held for a person."""

from dataclasses import asdict
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction

from klean.core.events.actors import Actor
from klean.core.events.record import record
from klean.core.operations.due_work import NotYet, work_off
from klean.core.policy.queries import policy_at
from klean.core.rows.locks import lock_row
from klean.core.rows.refusals import Refused
from refunds.actions.approvals import promise_refund
from refunds.actions.claim_facts import claim_fact
from refunds.actions.locks import lock_purchase, lock_recoveries
from refunds.actions.mails import mail_claimant
from refunds.facts.claims import ClaimFoundIneligible, ClaimHeldForReview
from refunds.gateways.marketplace import GatewayDown
from refunds.gateways.orders import order_of
from refunds.models.claims import RefundClaim
from refunds.queries.abuse import claim_history
from refunds.rules.abuse import abuse_parts, score_of
from refunds.rules.eligibility import Order, hashed_address, why_ineligible
from refunds.rules.policy import Refunds

State = RefundClaim.State
TIMEOUT = timedelta(seconds=10)  # an answer at the last moment
REFUNDS = Actor("system", "refunds")


def check_due_claims(*, at: datetime, limit: int = 20) -> int:
    """Ask the marketplace about the orders of waiting claims; what gets no answer waits on, and says so."""
    return work_off(RefundClaim, partial(_check, at=at), at=at, batch=limit, timeout=TIMEOUT)


def _check(claim: RefundClaim, *, at: datetime) -> None:
    try:
        settle_claim(claim, order_of(claim.order), at=at, actor=REFUNDS)
    except (GatewayDown, Refused) as failure:
        raise NotYet(failure) from failure


@transaction.atomic
def settle_claim(claim: RefundClaim, order: Order | None, *, at: datetime, actor: Actor) -> RefundClaim:
    """Decide a claim by what the marketplace says of its order: not covered, approved, or held for a person."""
    lock_purchase(claim.order, claim.listing_id)
    lock_recoveries(claim.listing_id)
    claim = lock_row(RefundClaim, claim.pk)
    if claim.state != State.OPENED:
        return claim
    because = _why_ineligible(claim, order, at=at)
    line = order.line_of(claim.listing.external_id) if order else None
    if because or order is None or line is None:
        return _find_ineligible(claim, because, at=at, actor=actor)
    claim.step(
        State.ELIGIBLE,
        policy=policy_at(at),
        amount=line.amount,
        buyer=order.buyer,
        account_opened_on=order.account_opened_on,
        sold=line.sold,
        seller_sold=line.seller_sold,
        due_at=None,
        last_error="",
    )
    return _approve_or_hold(claim, at=at, actor=actor)


def _why_ineligible(claim: RefundClaim, order: Order | None, *, at: datetime) -> str:
    """The code of what forbids the refund, or ``""``."""
    because = why_ineligible(
        order,
        listing=claim.listing.external_id,
        buyer_email_sha256=hashed_address(claim.claimant.email) if claim.claimant else "",
        asked_at=claim.opened_at,
        terms=policy_at(at)[Refunds],
    )
    if not because and _another_is_confirmed(claim):
        return RefundClaim.Ineligibility.ALREADY_CLAIMED
    return because


def _another_is_confirmed(claim: RefundClaim) -> bool:
    others = RefundClaim.objects.filter(order=claim.order, listing=claim.listing_id).exclude(pk=claim.pk)
    return others.filter(state__in=RefundClaim.CONFIRMED).exists()


def _find_ineligible(claim: RefundClaim, because: str, *, at: datetime, actor: Actor) -> RefundClaim:
    claim.step(
        State.INELIGIBLE,
        ineligible_because=because,
        policy=policy_at(at),
        decided_at=at,
        decided_by=str(actor),
        due_at=None,
        last_error="",
    )
    record(claim_fact(ClaimFoundIneligible, claim, reason=because), about=claim, at=at, actor=actor)
    mail_claimant(claim, "ineligible", at=at)
    return claim


def _approve_or_hold(claim: RefundClaim, *, at: datetime, actor: Actor) -> RefundClaim:
    """Below the limit of the abuse score the refund is promised; from it on a person decides."""
    terms = policy_at(at)[Refunds].abuse
    parts = abuse_parts(claim_history(claim, terms), terms)
    score = score_of(parts)
    judged = {"abuse_score": score, "abuse_parts": [asdict(part) for part in parts]}
    if score < terms.hold_from:
        return promise_refund(claim, judged, at=at, actor=actor)
    claim.step(State.ABUSE_HOLD, **judged)
    fact = claim_fact(ClaimHeldForReview, claim, score=score, score_parts=[part.code for part in parts])
    record(fact, about=claim, at=at, actor=actor)
    mail_claimant(claim, "held", at=at)
    return claim
