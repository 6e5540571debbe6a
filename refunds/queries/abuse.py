"""Why a claim was held, in words, and what the abuse rule weighs."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from klean.core.policy.queries import policy_at
from klean.core.policy.rules.calendar import Calendar
from refunds.models.claims import RefundClaim
from refunds.models.parcels import ReturnParcel
from refunds.rules.abuse import ClaimHistory
from refunds.rules.policy import Abuse

PART_WORDS: Mapping[str, Any] = {
    "amount": _("Amount of %(found)s won is above the limit of %(limit)s won."),
    "claims": _("Claim no. %(found)s of this buyer in the period (up to %(limit)s are paid automatically)."),
    "account_days": _("Days since the buyer's account was opened: %(found)s (new until %(limit)s)."),
    "claims_on_seller": _("Claim no. %(found)s of this buyer against this shop (limit: %(limit)s)."),
    "declined": _("Earlier claims of this buyer that were declined: %(found)s."),
    "young_buyers_on_seller": _("New accounts that claimed against this shop in the same days: %(found)s."),
    "not_returned": _("Items this buyer did not send in: %(found)s (limit: %(limit)s)."),
    "found_genuine": _("Items of this buyer found genuine: %(found)s (limit: %(limit)s)."),
}


def abuse_reasons(claim: RefundClaim) -> list[tuple[str, int]]:
    """The abuse score, part by part: what was found, and its points."""
    return [
        (PART_WORDS[part["code"]] % {key: f"{part[key]:,}" for key in ("found", "limit")}, part["points"])
        for part in claim.abuse_parts
    ]


def claim_history(claim: RefundClaim, terms: Abuse) -> ClaimHistory:
    """What the abuse rule weighs, counted from other claims."""
    calendar = policy_at(claim.opened_at)[Calendar]
    others = RefundClaim.objects.filter(state__in=RefundClaim.CONFIRMED).exclude(pk=claim.pk)
    since = claim.opened_at - timedelta(days=terms.window_days)
    mine = Q(buyer=claim.buyer, opened_at__gt=since)
    counts = others.filter(buyer=claim.buyer).aggregate(
        claims=Count("pk", filter=mine),
        claims_on_seller=Count("pk", filter=mine & Q(seller=claim.seller_id)),
        declined=Count("pk", filter=Q(state=RefundClaim.State.DECLINED)),
    )
    parcels = ReturnParcel.objects.filter(claim__buyer=claim.buyer).aggregate(
        not_returned=Count("pk", filter=Q(state=ReturnParcel.State.NOT_RETURNED)),
        found_genuine=Count("pk", filter=Q(state=ReturnParcel.State.GENUINE)),
    )
    ring = others.exclude(buyer=claim.buyer).filter(
        seller=claim.seller_id,
        opened_at__gt=claim.opened_at - timedelta(days=terms.ring_days),
        account_opened_on__gt=calendar.day_of(claim.opened_at - timedelta(days=terms.young_days)),
    )
    opened_on = claim.account_opened_on
    return ClaimHistory(
        amount=claim.amount or 0,
        account_days=(calendar.day_of(claim.opened_at) - opened_on).days if opened_on else 0,
        young_buyers_on_seller=ring.values("buyer").distinct().count(),
        **counts,
        **parcels,
    )
