"""Whether a decision would weigh so heavily that a second person must agree."""

from datetime import datetime

from django.db.models import Sum

from enforcement.decisions.models import Decision
from enforcement.decisions.rules.impact import Effect, impacts_of
from enforcement.decisions.rules.policy import Decisions
from enforcement.sanctions.queries.ledgers import outlook_if
from refunds.models.claims import RefundClaim
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
    return impacts_of(effect, decision.policy[Decisions].approval)


def _rung(decision: Decision, *, at: datetime) -> str:
    entry = outlook_if(decision.seller_id, [decision.severity], at=at, policy=decision.policy)
    step = entry[decision.severity].step if decision.severity in entry else None
    return step.rung if step else ""


def _money(decision: Decision) -> int:
    claims = RefundClaim.objects.filter(listing=decision.case.listing_id, state__in=RefundClaim.COMMITTED)
    found: int = claims.aggregate(total=Sum("amount"))["total"] or 0
    return found
