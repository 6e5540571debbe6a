"""What time does to authorisations."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from klean.core.actors import Actor
from klean.core.policy import policy_at
from sellers.actions.guards import tell
from sellers.actions.reviews import suspend_what_rests_on
from sellers.facts import AuthorisationExpired, AuthorisationExpiring, AuthorisationWithdrawn
from sellers.models import BrandAuthorisation

State = BrandAuthorisation.State
CLOCK = Actor("system", "clock")
RUNNING = [State.APPROVED, State.EXPIRING, State.SUSPENDED]


@transaction.atomic
def expire_due_authorisations(*, at: datetime, limit: int = 200) -> int:
    """Warn, expire and withdraw what the time has come for; answers how many rows were moved."""
    today = timezone.localdate(at)
    soon = today + timedelta(days=policy_at(at).section("authorisations")["expiring_days"])
    over = Q(state__in=RUNNING, valid_until__lt=today)
    due = Q(state=State.APPROVED, valid_until__lt=soon) | Q(state=State.INFO_REQUESTED, answer_due_at__lte=at)
    rows = BrandAuthorisation.objects.select_for_update(of=("self",), skip_locked=True).filter(over | due)
    taken = list(rows.select_related("seller", "brand").order_by("pk")[:limit])
    for row in taken:
        if row.state == State.INFO_REQUESTED:
            row.step(State.WITHDRAWN, answer_due_at=None)
            tell(AuthorisationWithdrawn, row, actor=CLOCK)
        elif row.valid_until < today:
            row.step(State.EXPIRED)
            tell(AuthorisationExpired, row, actor=CLOCK)
            suspend_what_rests_on(row, actor=CLOCK)
        else:
            row.step(State.EXPIRING)
            tell(AuthorisationExpiring, row, actor=CLOCK)
    return len(taken)
