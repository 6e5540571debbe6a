"""Shops that are found to be sisters while a sanction with measures on sister shops lives: the policy says what meets them."""

from datetime import datetime

from django.db import transaction

from enforcement.actions.measures import hold_family, order_measure
from enforcement.actions.sanctions import CLOCK, settle_standing
from enforcement.models import Sanction
from enforcement.queries.families import sanctions_with_new_sisters, unmet_sisters
from enforcement.rules.settings import cases_in
from klean.core.holding import hold


def meet_new_sisters(*, at: datetime, limit: int = 100) -> int:
    """Order what the policy of each decision asks for on shops linked since; answers how many sanctions that concerned."""
    found = list(sanctions_with_new_sisters(at=at)[:limit])
    for sanction in found:
        _meet(sanction, at=at)
    return len(found)


@transaction.atomic
def _meet(sanction: Sanction, *, at: datetime) -> None:
    hold_family(sanction.seller_id)
    held = hold(Sanction, sanction.pk)
    if held.violation is None or not held.is_live(at):
        return
    kind = cases_in(held.violation.decision.policy.body).later_sisters
    for sister in unmet_sisters(held):
        order_measure(held, kind, sister, starts_at=at, at=at, actor=CLOCK)
        settle_standing(sister, at=at, actor=CLOCK)
