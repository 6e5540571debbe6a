"""Each wakes, does what is due, and sleeps; the clock wakes them when a hint is lost."""

from celery import shared_task
from django.utils import timezone

from klean.core.events.actors import Actor
from klean.core.operations.due_work import until_quiet
from refunds.actions import parcels, payments, reconciliation, settlement, warnings


@shared_task
def check_due_claims() -> None:
    until_quiet(settlement.check_due_claims)


@shared_task
def pay_due_refunds() -> None:
    until_quiet(payments.pay_due_refunds)


@shared_task
def miss_due_parcels() -> None:
    until_quiet(parcels.miss_due_parcels)


@shared_task
def send_due_warnings() -> None:
    until_quiet(warnings.send_due_warnings)


@shared_task
def reconcile_days() -> None:
    actor = Actor("system", "reconciliation")
    reconciliation.reconcile_days(at=timezone.now(), actor=actor)
