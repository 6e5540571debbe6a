"""What an alarm of the claims asks for: a case at the top of the queue, and a test purchase where a programme runs."""

from datetime import datetime

from enforcement.cases.actions.cases import NewEvidence, Target, open_or_join_cases
from enforcement.cases.models import Case, Source
from klean.core.events.actors import Actor
from klean.core.events.models import Event
from klean.core.policy.queries import policy_at
from klean.core.policy.rules.calendar import Calendar
from klean.core.rows.refusals import Refused
from listings.models import Listing
from mystery_shop.actions.purchases import plan_purchase
from mystery_shop.models import Programme


def respond_to_alarm(
    seller_id: int, listing_id: int | None, *, event: Event, score: float, at: datetime, actor: Actor
) -> list[Case]:
    """Open or join the case, and put the listing on the plan of each running programme that can pay for it."""
    evidence = NewEvidence(Target(seller_id, listing_id), event, Source.REFUND_CLAIM, score)
    cases = open_or_join_cases([evidence], at=at, actor=actor)
    if cases and listing_id is not None:
        _plan_purchase(Listing.objects.get(pk=listing_id), at=at, actor=actor)
    return cases


def _plan_purchase(listing: Listing, *, at: datetime, actor: Actor) -> None:
    today = policy_at(at)[Calendar].day_of(at)
    running = Programme.objects.filter(starts_on__lte=today, ends_on__gte=today).order_by("pk")
    for programme in running:
        try:
            plan_purchase(programme, listing, at=at, actor=actor)
        except Refused:
            continue
        return
