"""What the tax office says of the businesses behind shops, asked again and again; its silence changes nothing."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction

from klean.core.events.actors import Actor
from klean.core.events.record import record_all
from klean.core.operations.due_work import Faults, NotYet, work_off_together
from klean.core.policy.queries import day_of, policy_at
from sellers.facts import BusinessLapsed, BusinessRestored
from sellers.gateways import BusinessReply, Identity, Silent, TaxOffice, tax_office
from sellers.models import BusinessRecord, Seller, TraderEntity
from sellers.rules.policy import Businesses

ACTOR = Actor("system", "tax_office")
TIMEOUT = timedelta(minutes=5)  # one question about a whole batch
FIRST_WAIT = timedelta(minutes=1)


def check_due_businesses(*, at: datetime, limit: int = 100, source: TaxOffice | None = None) -> int:
    """Ask the tax office about the businesses that are due; answers how many were taken."""
    asked = source or tax_office()
    work = partial(_check, asked, at=at)
    return work_off_together(TraderEntity, work, at=at, batch=limit, timeout=TIMEOUT, first_wait=FIRST_WAIT)


def _check(asked: TaxOffice, taken: Sequence[TraderEntity], *, at: datetime) -> Faults:
    try:
        replies = asked.ask([_identity(trader) for trader in taken], on=day_of(at))
    except Silent as silence:
        return {trader.pk: NotYet(silence) for trader in taken}
    answered = [trader for trader in taken if trader.business_registration_number in replies]
    _take_down(answered, replies, at=at)
    fault = NotYet("the tax office said nothing about this number")
    return {trader.pk: fault for trader in taken if trader not in answered}


@transaction.atomic
def take_business_snapshot(rows: Sequence[BusinessRecord], *, at: datetime, actor: Actor) -> int:
    """Keep what a file of the tax office's answers tells, by number, unless something newer is known; then ask again."""
    known = dict(
        BusinessRecord.objects.filter(number__in=[row.number for row in rows]).values_list(
            "number", "taken_on"
        )
    )
    newer = {row.number: row for row in rows if row.taken_on >= known.get(row.number, row.taken_on)}
    fields = ["status", "opened_on", "representative", "taken_on"]
    BusinessRecord.objects.bulk_create(
        newer.values(), update_conflicts=True, unique_fields=["number"], update_fields=fields
    )
    TraderEntity.objects.filter(business_registration_number__in=newer).update(
        due_at=at, attempts=0, waits=0, failed_at=None
    )
    return len(newer)


def _identity(trader: TraderEntity) -> Identity:
    opened = trader.opened_on.strftime("%Y%m%d") if trader.opened_on else ""
    return Identity(trader.business_registration_number or "", opened, trader.representative)


@transaction.atomic
def _take_down(taken: Sequence[TraderEntity], replies: dict[str, BusinessReply], *, at: datetime) -> None:
    again = at + timedelta(days=policy_at(at)[Businesses].recheck_days)
    locked = TraderEntity.objects.select_for_update().filter(pk__in=[trader.pk for trader in taken])
    traders = {trader.pk: trader for trader in locked.order_by("pk")}
    before = {pk: trader.has_lapsed for pk, trader in traders.items()}
    for trader in traders.values():
        reply = replies[trader.business_registration_number or ""]
        trader.business_status, trader.authenticity = reply.status, reply.authenticity
        trader.status_checked_at, trader.due_at = at, again
    fields = ["business_status", "authenticity", "status_checked_at", "due_at"]
    TraderEntity.objects.bulk_update(traders.values(), fields)
    turned = [pk for pk, trader in traders.items() if trader.has_lapsed != before[pk]]
    sellers = Seller.objects.filter(trader_entity__in=turned).select_related("trader_entity").order_by("pk")
    record_all([(_fact(seller), seller) for seller in sellers], at=at, actor=ACTOR)


def _fact(seller: Seller) -> BusinessLapsed | BusinessRestored:
    trader = seller.trader_entity
    if trader and trader.has_lapsed:
        return BusinessLapsed(seller=seller.external_id, seller_id=seller.pk, status=trader.business_status)
    return BusinessRestored(seller=seller.external_id, seller_id=seller.pk)
