"""Charging refunds to the seller of a confirmed fake, and taking the charge back when the decision falls."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, Sum
from django.db.models.functions import Coalesce

from klean.core.events.actors import Actor
from klean.core.events.record import record_all
from listings.models import Listing
from refunds.actions.claim_facts import claim_fact
from refunds.actions.ledger import post_movements
from refunds.actions.locks import lock_recoveries
from refunds.actions.warnings import retract_warning, write_warning
from refunds.facts.money import RecoveryReversed, RefundRecovered
from refunds.models.claims import RefundClaim
from refunds.models.ledger import LedgerEntry, Posting, Recovery


def _committed(listing: Listing, **wanted: int) -> list[RefundClaim]:
    """The promised or paid refunds on this listing of which so much is ``charged`` to the seller."""
    of_seller = Q(postings__entries__account=LedgerEntry.Account.SELLER)
    claims = RefundClaim.objects.filter(listing=listing, state__in=RefundClaim.COMMITTED)
    charged = -Coalesce(Sum("postings__entries__amount", filter=of_seller), 0)
    return list(
        claims.annotate(charged=charged).filter(**wanted).select_related("listing", "seller").order_by("pk")
    )


@transaction.atomic
def recover_refunds(listing: Listing, *, at: datetime, actor: Actor) -> int:
    """Charge every refund on this listing to its seller, and those that follow; answers how many were charged now."""
    lock_recoveries(listing.pk)
    if not listing.recoveries.filter(released_at=None).exists():
        Recovery.objects.create(listing=listing, confirmed_at=at, confirmed_by=str(actor))
        write_warning(listing, at=at, actor=actor)
    return charge_seller(_committed(listing, charged=0), at=at, actor=actor)


def charge_seller(claims: list[RefundClaim], *, at: datetime, actor: Actor) -> int:
    post_movements(Posting.Kind.RECOVERED, claims, at=at, actor=actor)
    record_all([(claim_fact(RefundRecovered, claim), claim) for claim in claims], at=at, actor=actor)
    return len(claims)


@transaction.atomic
def release_recovery(listing: Listing, *, at: datetime, actor: Actor) -> int:
    """The listing is no confirmed fake after all: take back every charge; again says nothing."""
    lock_recoveries(listing.pk)
    if listing.recoveries.filter(released_at=None).update(released_at=at):
        retract_warning(listing, at=at, actor=actor)
    claims = _committed(listing, charged__gt=0)
    post_movements(Posting.Kind.RELEASED, claims, at=at, actor=actor)
    record_all([(claim_fact(RecoveryReversed, claim), claim) for claim in claims], at=at, actor=actor)
    return len(claims)
