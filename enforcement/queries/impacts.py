"""What a decision would do if it took effect now, as far as its weight goes."""

from datetime import datetime

from django.db.models import Sum

from enforcement.models import Decision
from enforcement.queries.ledgers import outlook_if
from enforcement.rules.impact import Effect, impacts_of
from enforcement.rules.settings import cases_in
from reports.models import RefundClaim
from sellers.models import BrandAuthorisation

Action = Decision.Action


def expected_impacts(decision: Decision, *, at: datetime) -> list[str]:
    """Codes of why a second person must agree; none for a decision in the seller's favour."""
    if not decision.is_infringement:
        return []
    effect = Effect(
        rung=_rung(decision, at=at),
        money=_money(decision) if Action.CHARGE_REFUNDS in decision.actions else 0,
        holds_settlement=Action.HOLD_SETTLEMENT in decision.actions,
        is_authorised=BrandAuthorisation.objects.filter(
            seller=decision.seller_id, state__in=BrandAuthorisation.IN_FORCE
        ).exists(),
    )
    return impacts_of(effect, cases_in(decision.policy.body).approval)


def _rung(decision: Decision, *, at: datetime) -> str:
    entry = outlook_if(decision.seller_id, [decision.severity], at=at, policy=decision.policy)
    step = entry[decision.severity].step if decision.severity in entry else None
    return step.rung if step else ""


def _money(decision: Decision) -> int:
    claims = RefundClaim.objects.filter(listing=decision.case.listing_id, state__in=RefundClaim.COMMITTED)
    found: int = claims.aggregate(total=Sum("amount"))["total"] or 0
    return found
