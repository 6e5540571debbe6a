"""What an alarm of the claims asks for: a case at the top of the queue, and a test purchase where a programme runs."""

from datetime import datetime

from django.utils import timezone

from enforcement.actions.cases import DESK, Target, join_evidence
from enforcement.models import Case, Source
from klean.core.models import Event
from klean.core.refusals import Refused
from listings.models import Listing
from mystery_shop.actions.purchases import plan_purchase
from mystery_shop.models import Programme


def answer_alarm(
    seller_id: int, listing_id: int | None, *, event: Event, score: float, at: datetime
) -> list[Case]:
    """Open or join the case, and put the listing on the plan of each running programme that can pay for it."""
    target = Target(seller_id, listing_id)
    cases = join_evidence([target], event=event, source=Source.REFUND_CLAIM, score=score, at=at)
    if cases and listing_id is not None:
        _plan_purchase(Listing.objects.get(pk=listing_id), at=at)
    return cases


def _plan_purchase(listing: Listing, *, at: datetime) -> None:
    today = timezone.localdate(at)
    running = Programme.objects.filter(starts_on__lte=today, ends_on__gte=today).order_by("pk")
    for programme in running:
        try:
            plan_purchase(programme, listing, at=at, actor=DESK)
        except Refused:
            continue
        return
