"""A buyer who was refused asks another person; overturned means paid, as if it had been approved at once."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from klean.core.events.actors import Actor
from klean.core.events.record import record
from klean.core.policy.queries import policy_at
from klean.core.rows.locks import lock_row
from klean.core.rows.refusals import Refused
from klean.core.rows.texts import as_written
from refunds.actions.approvals import promise_refund
from refunds.actions.claim_facts import claim_fact
from refunds.actions.locks import lock_purchase, lock_recoveries
from refunds.actions.mails import mail_claimant
from refunds.facts.claims import ClaimReviewDecided, ClaimReviewRequested
from refunds.gateways.marketplace import GatewayDown
from refunds.gateways.orders import order_of
from refunds.models.claims import RefundClaim
from refunds.models.reviews import ClaimReview
from refunds.rules.eligibility import Line, Order
from refunds.rules.policy import Refunds

State = ClaimReview.State
REFUSED = (RefundClaim.State.INELIGIBLE, RefundClaim.State.DECLINED)


def may_request_review(claim: RefundClaim, at: datetime) -> bool:
    """A refused claim that nobody appealed yet, within the policy's days."""
    if (
        claim.state not in REFUSED
        or claim.decided_at is None
        or ClaimReview.objects.filter(claim=claim).exists()
    ):
        return False
    days = policy_at(at)[Refunds].appeal_within_days
    return at - claim.decided_at <= timedelta(days=days)


@transaction.atomic
def request_review(claim: RefundClaim, grounds: str, *, at: datetime, actor: Actor) -> ClaimReview:
    """Ask another person to look at a refusal again."""
    claim = lock_row(RefundClaim, claim.pk)
    if not may_request_review(claim, at):
        raise Refused(_("This claim cannot be appealed or has already been appealed."), code="no_appeal")
    review = ClaimReview.objects.create(claim=claim, grounds=grounds, filed_at=at)
    record(claim_fact(ClaimReviewRequested, claim), about=review, at=at, actor=actor)
    mail_claimant(claim, "appealed", at=at)
    return review


def decide_review(
    review: ClaimReview, overturn: bool, reasons: str, *, at: datetime, actor: Actor
) -> ClaimReview:
    """Uphold the refusal or pay after all; the order is asked about again first, outside every lock."""
    line = _line_to_pay(review.claim) if overturn and review.claim.amount is None else None
    return _decide(review, overturn, reasons, line, at=at, actor=actor)


def _line_to_pay(claim: RefundClaim) -> tuple[Order, Line]:
    """What a person may promise: the paid item of a real order, not yet given back."""
    try:
        order = order_of(claim.order)
    except GatewayDown as failure:
        raise Refused(
            _("The marketplace is not responding, so nothing was decided. Try again later."),
            code="gateway_down",
        ) from failure
    line = order.line_of(claim.listing.external_id) if order else None
    if order is None or line is None or order.paid_at is None or line.refunded:
        raise Refused(
            _("The marketplace has no paid item in this order that can still be refunded."),
            code="nothing_to_pay",
        )
    return order, line


@transaction.atomic
def _decide(
    review: ClaimReview,
    overturn: bool,
    reasons: str,
    bought: tuple[Order, Line] | None,
    *,
    at: datetime,
    actor: Actor,
) -> ClaimReview:
    lock_purchase(review.claim.order, review.claim.listing_id)
    lock_recoveries(review.claim.listing_id)
    claim = lock_row(RefundClaim, review.claim_id)
    _validate_decision(claim, reasons, actor)
    review = lock_row(ClaimReview, review.pk)
    state = State.OVERTURNED if overturn else State.UPHELD
    review.step(state, decided_at=at, decided_by=str(actor), reasons=reasons)
    record(claim_fact(ClaimReviewDecided, claim, outcome=state), about=review, at=at, actor=actor)
    if not overturn:
        mail_claimant(claim, "appeal_upheld", at=at, reasons=reasons)
        return review
    settled: dict[str, Any] = {"decision_reasons": as_written(reasons), "ineligible_because": ""}
    if bought:
        order, line = bought
        settled |= {"amount": line.amount, "buyer": order.buyer, "account_opened_on": order.account_opened_on}
    promise_refund(claim, settled, at=at, actor=actor)
    return review


def _validate_decision(claim: RefundClaim, reasons: str, actor: Actor) -> None:
    if not reasons.strip():
        raise Refused(_("Give the reason. It is shown to the buyer."), code="reasons_missing")
    if actor.person_id is None or actor.person_id == claim.claimant_id or str(actor) == claim.decided_by:
        raise Refused(
            _("The appeal must be decided by someone who did not make the first decision."),
            code="not_a_judge_of_this",
        )
    others = RefundClaim.objects.filter(order=claim.order, listing=claim.listing_id).exclude(pk=claim.pk)
    if others.filter(state__in=RefundClaim.CONFIRMED).exists():
        raise Refused(
            _("Another claim for this item has been approved in the meantime."), code="already_claimed"
        )
