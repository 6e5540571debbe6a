"""Certificates and permits that a shop shows."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from klean.core.events.actors import Actor
from klean.core.events.record import record, record_all
from klean.core.policy.queries import day_of
from klean.core.rows.refusals import Refused
from sellers.actions.shops import lock_seller
from sellers.facts import PermitExpired, PermitSubmitted
from sellers.models import SalesPermit, Seller
from sellers.rules.permits import normal_kc


@transaction.atomic
def give_permit(
    seller: Seller,
    kind: SalesPermit.Kind,
    *,
    category: str,
    number: str,
    valid_until: date | None = None,
    at: datetime,
    actor: Actor,
) -> SalesPermit:
    """Note a permit for a category; the same number again takes the new category and last day."""
    normal = normal_kc(number) if kind == SalesPermit.Kind.KC else " ".join(number.split())
    if not normal:
        raise Refused(
            _("This is no KC number. It looks like CB065R1234-1001 or R-R-ABC-MODEL."), code="kc_form"
        )
    if valid_until and valid_until < day_of(at):
        raise Refused(_("The permit has run out: give one that is still valid."), code="already_over")
    lock_seller(seller.pk)
    permit, _is_new = SalesPermit.objects.update_or_create(
        seller=seller,
        kind=kind,
        number=normal,
        defaults={"category": category, "valid_until": valid_until, "given_at": at, "ended_at": None},
    )
    record(_fact(PermitSubmitted, permit), about=permit, at=at, actor=actor)
    return permit


@transaction.atomic
def end_due_permits(*, limit: int = 200, at: datetime, actor: Actor) -> int:
    """Say of permits whose last day has passed that they are over; answers how many."""
    today = day_of(at)
    running = SalesPermit.objects.filter(ended_at=None, valid_until__lt=today).select_related("seller")
    over = list(running.select_for_update(of=("self",), skip_locked=True).order_by("pk")[:limit])
    SalesPermit.objects.filter(pk__in=[permit.pk for permit in over]).update(ended_at=at)
    record_all([(_fact(PermitExpired, permit), permit) for permit in over], at=at, actor=actor)
    return len(over)


def _fact(
    fact: type[PermitSubmitted] | type[PermitExpired], permit: SalesPermit
) -> PermitSubmitted | PermitExpired:
    seller = permit.seller
    return fact(seller=seller.external_id, seller_id=seller.pk, permit_id=permit.pk, category=permit.category)
