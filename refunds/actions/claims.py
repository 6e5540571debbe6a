"""A refund claim from the first word to the promise: eligible by the order, approved by policy or by a person."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from django.db import transaction
from django.utils.translation import gettext as _

from klean.core.access.models import Organisation, User
from klean.core.events.actors import Actor
from klean.core.events.record import record
from klean.core.operations.wake import wake
from klean.core.policy.queries import policy_at
from klean.core.rows.refusals import Refused
from listings.models import Listing
from refunds.actions.claim_facts import claim_fact
from refunds.actions.locks import lock_purchase
from refunds.actions.mails import mail_claimant
from refunds.facts.claims import (
    ClaimOpened,
)
from refunds.models.claims import RefundClaim
from refunds.rules.policy import Refunds

State = RefundClaim.State


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
            _("You have made many claims in the last hour. Try again later."), code="too_many_claims"
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
