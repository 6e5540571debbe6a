"""What time does to authorisations."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from klean.core.events.actors import Actor
from klean.core.events.record import record
from klean.core.policy.queries import day_of, policy_at
from sellers.actions.chains import suspend_what_rests_on
from sellers.actions.guards import fact_about, record_about
from sellers.facts import AuthorisationExpired, AuthorisationExpiryAnnounced, AuthorisationWithdrawn
from sellers.models import BrandAuthorisation
from sellers.rules.policy import Authorisations

State = BrandAuthorisation.State
RUNNING = [State.APPROVED, State.EXPIRING, State.SUSPENDED]


@transaction.atomic
def expire_due_authorisations(*, limit: int = 200, at: datetime, actor: Actor) -> int:
    """Warn, expire and withdraw what the time has come for; answers how many rows were moved."""
    today = day_of(at)
    warnings = sorted(policy_at(at)[Authorisations].warn_days)
    over = Q(state__in=RUNNING, valid_until__lt=today)
    unanswered = Q(state=State.INFO_REQUESTED, answer_due_at__lte=at)
    rows = BrandAuthorisation.objects.select_for_update(of=("self",), skip_locked=True)
    due = rows.filter(over | unanswered | _to_warn(warnings, today))
    taken = list(due.select_related("seller", "brand").order_by("pk")[:limit])
    for row in taken:
        if row.state == State.INFO_REQUESTED:
            row.step(State.WITHDRAWN, answer_due_at=None)
            record_about(AuthorisationWithdrawn, row, at=at, actor=actor)
        elif row.valid_until < today:
            row.step(State.EXPIRED)
            record_about(AuthorisationExpired, row, at=at, actor=actor)
            suspend_what_rests_on(row, at=at, actor=actor)
        else:
            nearest = min(days for days in warnings if row.valid_until < today + timedelta(days=days))
            _warn(row, nearest, at=at, actor=actor)
    return len(taken)


def _to_warn(warnings: list[int], today: date) -> Q:
    """What lasts at most as long as one of the warnings tells, and was not warned for it yet."""
    due = Q(pk__in=[])
    for days in warnings:
        not_yet = Q(warned_days=None) | Q(warned_days__gt=days)
        due |= Q(valid_until__lt=today + timedelta(days=days)) & not_yet
    return due & Q(state__in=BrandAuthorisation.IN_FORCE)


def _warn(row: BrandAuthorisation, days: int, *, at: datetime, actor: Actor) -> None:
    """A letter that is short from the start is warned of once, with the nearest of the warnings."""
    if row.state == State.APPROVED:
        row.step(State.EXPIRING, warned_days=days)
    else:
        BrandAuthorisation.objects.filter(pk=row.pk).update(warned_days=days)
    fact = fact_about(AuthorisationExpiryAnnounced, row)
    record(AuthorisationExpiryAnnounced(**fact.payload() | {"days": days}), about=row, at=at, actor=actor)
