"""A buyer who was refused asks another person; overturned means paid, as if it had been approved at once."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from klean.core.actors import Actor
from klean.core.events import record
from klean.core.holding import hold
from klean.core.policy import policy_at
from klean.core.refusals import Refused
from reports.actions.claim_facts import told
from reports.actions.claims import hold_bought, promise
from reports.actions.mails import tell_claimant
from reports.actions.recovery import hold_recovery
from reports.facts.claims import ClaimAppealDecided, ClaimAppealed
from reports.gateways.marketplace import GatewayDown
from reports.gateways.orders import order_of
from reports.models import ClaimAppeal, RefundClaim
from reports.rules.eligibility import Line, Order

State = ClaimAppeal.State
REFUSED = (RefundClaim.State.INELIGIBLE, RefundClaim.State.DECLINED)


def may_appeal(claim: RefundClaim, at: datetime) -> bool:
    """A refused claim that nobody appealed yet, within the policy's days."""
    if (
        claim.state not in REFUSED
        or claim.decided_at is None
        or ClaimAppeal.objects.filter(claim=claim).exists()
    ):
        return False
    days: int = policy_at(at).section("refunds")["appeal_within_days"]
    return at - claim.decided_at <= timedelta(days=days)


@transaction.atomic
def appeal_claim(claim: RefundClaim, grounds: str, *, at: datetime, actor: Actor) -> ClaimAppeal:
    """Ask another person to look at a refusal again."""
    claim = hold(RefundClaim, claim.pk)
    if not may_appeal(claim, at):
        raise Refused(_("This claim cannot be appealed, or was appealed before."), code="no_appeal")
    appeal = ClaimAppeal.objects.create(claim=claim, grounds=grounds, filed_at=at)
    record(told(ClaimAppealed, claim), about=appeal, actor=actor)
    tell_claimant(claim, "appealed", at=at)
    return appeal


def decide_claim_appeal(
    appeal: ClaimAppeal, overturn: bool, reasons: str, *, at: datetime, actor: Actor
) -> ClaimAppeal:
    """Uphold the refusal or pay after all; the order is asked about again first, outside every lock."""
    line = _line_to_pay(appeal.claim) if overturn and appeal.claim.amount is None else None
    return _decide(appeal, overturn, reasons, line, at=at, actor=actor)


def _line_to_pay(claim: RefundClaim) -> tuple[Order, Line]:
    """What a person may promise: the paid item of a real order, not yet given back."""
    try:
        order = order_of(claim.order)
    except GatewayDown as failure:
        raise Refused(
            _("The marketplace is not answering: nothing was decided. Please try again later."),
            code="gateway_down",
        ) from failure
    line = order.line_of(claim.listing.external_id) if order else None
    if order is None or line is None or order.paid_at is None or line.refunded:
        raise Refused(
            _("The marketplace knows no paid item here that could still be refunded."), code="nothing_to_pay"
        )
    return order, line


@transaction.atomic
def _decide(
    appeal: ClaimAppeal,
    overturn: bool,
    reasons: str,
    bought: tuple[Order, Line] | None,
    *,
    at: datetime,
    actor: Actor,
) -> ClaimAppeal:
    hold_bought(appeal.claim.order, appeal.claim.listing_id)
    hold_recovery(appeal.claim.listing_id)
    claim = hold(RefundClaim, appeal.claim_id)
    _refuse_unfit(claim, reasons, actor)
    appeal = hold(ClaimAppeal, appeal.pk)
    state = State.OVERTURNED if overturn else State.UPHELD
    appeal.step(state, decided_at=at, decided_by=str(actor), reasons=reasons)
    record(told(ClaimAppealDecided, claim, outcome=state), about=appeal, actor=actor)
    if not overturn:
        tell_claimant(claim, "appeal_upheld", at=at, reasons=reasons)
        return appeal
    also: dict[str, object] = {}
    if bought:
        order, line = bought
        also = {"amount": line.amount, "buyer": order.buyer, "account_opened_on": order.account_opened_on}
    promise(claim, at=at, actor=actor, decision_reasons=reasons, ineligible_because="", **also)
    return appeal


def _refuse_unfit(claim: RefundClaim, reasons: str, actor: Actor) -> None:
    if not reasons.strip():
        raise Refused(_("Say why: the buyer reads it."), code="reasons_missing")
    if actor.person_id is None or actor.person_id == claim.claimant_id or str(actor) == claim.decided_by:
        raise Refused(
            _("Only a person who did not decide it before decides the appeal."), code="not_a_judge_of_this"
        )
    others = RefundClaim.objects.filter(order=claim.order, listing=claim.listing_id).exclude(pk=claim.pk)
    if others.filter(state__in=RefundClaim.CONFIRMED).exists():
        raise Refused(_("Another claim on this item was confirmed since."), code="already_claimed")
