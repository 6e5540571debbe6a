"""A refund claim from the first word to the promise: eligible by the order, approved by policy or by a person."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Self

from django.db import transaction
from django.utils.translation import gettext as _

from klean.core.access.models import Organisation, User
from klean.core.events.actors import Actor
from klean.core.events.record import record
from klean.core.operations.due_work import put_off, take_due
from klean.core.operations.wake import wake
from klean.core.policy.queries import policy_at
from klean.core.rows.locks import lock_name, lock_row
from klean.core.rows.refusals import Conflict, Refused
from listings.models import Listing
from refunds.actions.claim_facts import claim_fact
from refunds.actions.ledger import post_movements
from refunds.actions.mails import mail_claimant
from refunds.actions.recovery import charge_seller, lock_recoveries
from refunds.actions.watches import weigh_claim
from refunds.facts.claims import (
    ClaimApproved,
    ClaimDeclined,
    ClaimFoundIneligible,
    ClaimHeldForReview,
    ClaimOpened,
)
from refunds.gateways.marketplace import GatewayDown
from refunds.gateways.orders import order_of
from refunds.models.claims import RefundClaim, RefundPayment
from refunds.models.ledger import Posting
from refunds.queries.abuse import claim_history
from refunds.rules.abuse import abuse_parts, score_of
from refunds.rules.eligibility import Order, hashed_address, why_ineligible
from refunds.rules.policy import Refunds

State = RefundClaim.State
# Longer than a whole batch can take when each answer comes at the last moment.
LEASE = timedelta(minutes=3)
REFUNDS = Actor("system", "refunds")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimant:
    """Who asks: a buyer who is logged in, or the marketplace on a buyer's behalf."""

    key: str
    language: str
    user: User | None = None
    organisation: Organisation | None = None
    contact: str = ""

    @classmethod
    def buyer(cls, user: User) -> Self:
        return cls(key=f"user:{user.pk}", language=user.language, user=user)

    @classmethod
    def on_behalf(cls, organisation: Organisation, *, contact: str, language: str) -> Self:
        return cls(
            key=f"organisation:{organisation.pk}",
            language=language,
            organisation=organisation,
            contact=contact,
        )


def lock_purchase(order: str, listing_id: int) -> None:
    """Claims on the same item of the same order wait for each other."""
    lock_name(f"refund {order} {listing_id}")


@transaction.atomic
def open_claim(
    order: str,
    listing: Listing,
    by: Claimant,
    *,
    reason: str,
    explanation: str = "",
    at: datetime,
    actor: Actor,
) -> tuple[RefundClaim, bool]:
    """Ask for money back, and whether that was new: the same question again answers with the claim that stands."""
    lock_purchase(order, listing.pk)
    mine = RefundClaim.objects.filter(order=order, listing=listing, claimant_key=by.key)
    if standing := mine.exclude(state=State.INELIGIBLE).first():
        return standing, False
    if by.user and _is_flooding(by.user, at):
        raise Refused(
            _("You have opened many claims within an hour. Please wait a little."), code="too_many_claims"
        )
    claim = RefundClaim.objects.create(
        order=order,
        listing=listing,
        seller=listing.seller,
        claimant=by.user,
        organisation=by.organisation,
        claimant_key=by.key,
        contact=by.contact,
        language=by.language,
        reason=reason,
        explanation=explanation,
        opened_at=at,
        due_at=at,
    )
    record(claim_fact(ClaimOpened, claim), about=claim, at=at, actor=actor)
    mail_claimant(claim, "opened", at=at)
    wake("refunds.tasks.check_due_claims")
    return claim, True


def _is_flooding(buyer: User, at: datetime) -> bool:
    recent = RefundClaim.objects.filter(claimant=buyer, opened_at__gt=at - timedelta(hours=1)).count()
    limit = policy_at(at)[Refunds].claims_per_hour
    return recent >= limit


def check_due_claims(*, at: datetime, limit: int = 20) -> int:
    """Ask the marketplace about the orders of waiting claims; what gets no answer waits on, and says so."""
    taken = take_due(RefundClaim, at=at, lease=LEASE, limit=limit)
    for claim in taken:
        try:
            settle_claim(claim, order_of(claim.order), at=at, actor=REFUNDS)
        except (GatewayDown, Refused) as failure:
            put_off(claim, str(failure), at=at)
    return len(taken)


@transaction.atomic
def settle_claim(claim: RefundClaim, order: Order | None, *, at: datetime, actor: Actor) -> RefundClaim:
    """Decide a claim by what the marketplace says of its order: not covered, approved, or held for a person."""
    lock_purchase(claim.order, claim.listing_id)
    lock_recoveries(claim.listing_id)
    claim = lock_row(RefundClaim, claim.pk)
    if claim.state != State.OPENED:
        return claim
    policy = policy_at(at)
    terms = policy[Refunds]
    email = hashed_address(claim.claimant.email) if claim.claimant else ""
    because = why_ineligible(
        order,
        listing=claim.listing.external_id,
        buyer_email_sha256=email,
        asked_at=claim.opened_at,
        terms=terms,
    )
    if not because and _is_claimed_elsewhere(claim):
        because = RefundClaim.Ineligibility.ALREADY_CLAIMED
    line = order.line_of(claim.listing.external_id) if order else None
    if because or order is None or line is None:
        claim.step(
            State.INELIGIBLE,
            ineligible_because=because,
            policy=policy,
            decided_at=at,
            decided_by=str(actor),
            due_at=None,
            last_error="",
        )
        record(claim_fact(ClaimFoundIneligible, claim, reason=because), about=claim, at=at, actor=actor)
        mail_claimant(claim, "ineligible", at=at)
        return claim
    claim.step(
        State.ELIGIBLE,
        policy=policy,
        amount=line.amount,
        buyer=order.buyer,
        account_opened_on=order.account_opened_on,
        sold=line.sold,
        seller_sold=line.seller_sold,
        due_at=None,
        last_error="",
    )
    parts = abuse_parts(claim_history(claim, terms.abuse), terms.abuse)
    score = score_of(parts)
    judged = {"abuse_score": score, "abuse_parts": [asdict(part) for part in parts]}
    if score >= terms.abuse.hold_from:
        claim.step(State.ABUSE_HOLD, **judged)
        held = claim_fact(ClaimHeldForReview, claim, score=score, score_parts=[part.code for part in parts])
        record(held, about=claim, at=at, actor=actor)
        mail_claimant(claim, "held", at=at)
        return claim
    return promise_refund(claim, at=at, actor=actor, **judged)


def _is_claimed_elsewhere(claim: RefundClaim) -> bool:
    others = RefundClaim.objects.filter(order=claim.order, listing=claim.listing_id).exclude(pk=claim.pk)
    return others.filter(state__in=RefundClaim.CONFIRMED).exists()


def promise_refund(claim: RefundClaim, *, at: datetime, actor: Actor, **fields: object) -> RefundClaim:
    """Money is promised in the books and instructed, in one transaction."""
    claim.step(State.APPROVED_PROVISIONALLY, decided_at=at, decided_by=str(actor), **fields)
    post_movements(Posting.Kind.APPROVED, [claim], at=at, actor=actor)
    RefundPayment.objects.create(claim=claim, amount=claim.amount or 0, instructed_at=at, due_at=at)
    record(claim_fact(ClaimApproved, claim), about=claim, at=at, actor=actor)
    if claim.listing.recoveries.filter(released_at=None).exists():
        charge_seller([claim], at=at, actor=actor)
    weigh_claim(claim, at=at)
    mail_claimant(claim, "approved", at=at)
    wake("refunds.tasks.pay_due_refunds")
    return claim


def _lock_held_claim(claim: RefundClaim, reasons: str, actor: Actor) -> RefundClaim:
    """The claim, held for a person who may decide on it and says why."""
    if not reasons.strip():
        raise Refused(_("Say why: the buyer reads it."), code="reasons_missing")
    if actor.person_id is None or actor.person_id == claim.claimant_id:
        raise Refused(_("Only another person decides on a held claim."), code="not_a_judge_of_this")
    lock_recoveries(claim.listing_id)
    claim = lock_row(RefundClaim, claim.pk)
    if claim.state != State.ABUSE_HOLD:
        raise Conflict(_("Someone else has decided this claim."))
    return claim


@transaction.atomic
def approve_claim(claim: RefundClaim, reasons: str, *, at: datetime, actor: Actor) -> RefundClaim:
    """A person approves a held claim."""
    return promise_refund(
        _lock_held_claim(claim, reasons, actor), at=at, actor=actor, decision_reasons=reasons
    )


@transaction.atomic
def approve_held_claims(listing: Listing, reasons: str, *, at: datetime, actor: Actor) -> int:
    """The listing is proven a fake: every claim on it that waits for a person is approved; answers how many."""
    lock_recoveries(listing.pk)
    rows = RefundClaim.objects.select_for_update(of=("self",), no_key=True).select_related(
        "listing", "seller"
    )
    held = list(rows.filter(listing=listing, state=State.ABUSE_HOLD).order_by("pk"))
    for claim in held:
        promise_refund(claim, at=at, actor=actor, decision_reasons=reasons)
    return len(held)


@transaction.atomic
def decline_claim(claim: RefundClaim, reasons: str, *, at: datetime, actor: Actor) -> RefundClaim:
    """A person declines a held claim; the buyer reads the reasons."""
    claim = _lock_held_claim(claim, reasons, actor)
    claim.step(State.DECLINED, decided_at=at, decided_by=str(actor), decision_reasons=reasons)
    record(claim_fact(ClaimDeclined, claim), about=claim, at=at, actor=actor)
    mail_claimant(claim, "declined", at=at)
    return claim
