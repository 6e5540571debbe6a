"""What was decided about a person's own shops."""

from datetime import datetime

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404

from enforcement.appeals.models import Appeal
from enforcement.decisions.models import Decision
from enforcement.sanctions.queries.ledgers import Standing, standing_of
from klean.core.access.models import User
from sellers.queries.shops import sellers_of


def decisions_about(user: User) -> QuerySet[Decision]:
    """The decisions about the person's own shops that the seller is told of."""
    rows = Decision.objects.filter(
        seller__in=sellers_of(user), state__in=(Decision.State.IN_FORCE, Decision.State.ANNULLED)
    ).exclude(outcome=Decision.Outcome.NOT_INFRINGING)
    appeals = Appeal.objects.filter(party=Appeal.Party.SELLER)
    return rows.select_related("case__listing", "seller", "violation", "policy").prefetch_related(
        Prefetch("appeals", appeals, to_attr="own_appeals")
    )


def decision_for(user: User, decision_id: int) -> Decision:
    return get_object_or_404(decisions_about(user), pk=decision_id)


def standings_of(user: User, *, at: datetime) -> list[Standing]:
    """Every own shop with its standing."""
    return [standing_of(seller, at=at) for seller in sellers_of(user).order_by("pk")]
