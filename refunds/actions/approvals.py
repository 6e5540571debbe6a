"""Promising a refund: approved by the policy, by a person, or by a verdict on the goods."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from klean.core.events.actors import Actor
from klean.core.events.record import record
from klean.core.operations.wake import wake
from klean.core.rows.locks import lock_row
from klean.core.rows.refusals import Conflict, Refused
from klean.core.rows.texts import Texts, as_written
from listings.models import Listing
from refunds.actions.claim_facts import claim_fact
from refunds.actions.ledger import post_movements
from refunds.actions.locks import lock_recoveries
from refunds.actions.mails import mail_claimant
from refunds.actions.recovery import charge_seller
from refunds.actions.watches import WATCH, weigh_claim
from refunds.facts.claims import ClaimApproved, ClaimDeclined
from refunds.models.claims import RefundClaim, RefundPayment
from refunds.models.ledger import Posting

State = RefundClaim.State


def promise_refund(
    claim: RefundClaim, fields: Mapping[str, Any], *, at: datetime, actor: Actor
) -> RefundClaim:
    """Money is promised in the books and instructed, in one transaction; ``fields`` are set with the step."""
    claim.step(State.APPROVED_PROVISIONALLY, decided_at=at, decided_by=str(actor), **fields)
    post_movements(Posting.Kind.APPROVED, [claim], at=at, actor=actor)
    RefundPayment.objects.create(claim=claim, amount=claim.amount or 0, instructed_at=at, due_at=at)
    record(claim_fact(ClaimApproved, claim), about=claim, at=at, actor=actor)
    if claim.listing.recoveries.filter(released_at=None).exists():
        charge_seller([claim], at=at, actor=actor)
    weigh_claim(claim, at=at, actor=WATCH)
    mail_claimant(claim, "approved", at=at)
    wake("refunds.tasks.pay_due_refunds")
    return claim


def _lock_held_claim(claim: RefundClaim, reasons: str, actor: Actor) -> RefundClaim:
    """The claim, held for a person who may decide on it and says why."""
    if not reasons.strip():
        raise Refused(_("Give the reason. It is shown to the buyer."), code="reasons_missing")
    if actor.person_id is None or actor.person_id == claim.claimant_id:
        raise Refused(
            _("A held claim must be decided by someone other than the buyer."), code="not_a_judge_of_this"
        )
    lock_recoveries(claim.listing_id)
    claim = lock_row(RefundClaim, claim.pk)
    if claim.state != State.ABUSE_HOLD:
        raise Conflict(_("Somebody else has already decided this claim."))
    return claim


@transaction.atomic
def approve_claim(claim: RefundClaim, reasons: str, *, at: datetime, actor: Actor) -> RefundClaim:
    """A person approves a held claim."""
    claim = _lock_held_claim(claim, reasons, actor)
    return promise_refund(claim, {"decision_reasons": as_written(reasons)}, at=at, actor=actor)


@transaction.atomic
def approve_held_claims(listing: Listing, reasons: Texts, *, at: datetime, actor: Actor) -> int:
    """The listing is proven a fake: every claim on it that waits for a person is approved; answers how many."""
    lock_recoveries(listing.pk)
    rows = RefundClaim.objects.select_for_update(of=("self",), no_key=True).select_related(
        "listing", "seller"
    )
    claims = list(rows.filter(listing=listing, state=State.ABUSE_HOLD).order_by("pk"))
    for claim in claims:
        promise_refund(claim, {"decision_reasons": reasons}, at=at, actor=actor)
    return len(claims)


@transaction.atomic
def decline_claim(claim: RefundClaim, reasons: str, *, at: datetime, actor: Actor) -> RefundClaim:
    """A person declines a held claim; the buyer reads the reasons."""
    claim = _lock_held_claim(claim, reasons, actor)
    claim.step(State.DECLINED, decided_at=at, decided_by=str(actor), decision_reasons=as_written(reasons))
    record(claim_fact(ClaimDeclined, claim), about=claim, at=at, actor=actor)
    mail_claimant(claim, "declined", at=at)
    return claim
