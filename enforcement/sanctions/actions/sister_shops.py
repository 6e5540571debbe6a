"""Shops that turn out to be sister shops of a sanctioned one while its sanction lives: the policy says what happens to them."""

from datetime import datetime

from django.db import transaction

from enforcement.sanctions.actions.measures import lock_with_sister_shops, order_measure
from enforcement.sanctions.actions.sanctions import CLOCK, settle_standing
from enforcement.sanctions.models import Sanction
from enforcement.sanctions.queries.sister_shops import (
    sanctions_with_new_sister_shops,
    unrestricted_sister_shops,
)
from enforcement.sanctions.rules.policy import Sanctions
from klean.core.rows.locks import lock_row


def restrict_newly_linked_sellers(*, at: datetime, limit: int = 100) -> int:
    """Order what the policy of each decision asks for on shops linked since; answers how many sanctions that concerned."""
    found = list(sanctions_with_new_sister_shops(at=at)[:limit])
    for sanction in found:
        _restrict_sister_shops(sanction, at=at)
    return len(found)


@transaction.atomic
def _restrict_sister_shops(sanction: Sanction, *, at: datetime) -> None:
    lock_with_sister_shops(sanction.seller_id)
    locked = lock_row(Sanction, sanction.pk)
    if locked.violation is None or not locked.is_live(at):
        return
    kind = locked.violation.policy[Sanctions].later_sisters
    for sister in unrestricted_sister_shops(locked):
        order_measure(locked, kind, sister, starts_at=at, at=at, actor=CLOCK)
        settle_standing(sister, at=at, actor=CLOCK)
