from functools import partial

from celery import shared_task

from klean.core.events.actors import Actor
from klean.core.operations.due_work import until_quiet
from sellers.actions import businesses, clock, payouts, permits

CLOCK = Actor("system", "clock")


@shared_task
def expire_due_authorisations() -> None:
    until_quiet(partial(clock.expire_due_authorisations, actor=CLOCK))


@shared_task
def end_due_permits() -> None:
    until_quiet(partial(permits.end_due_permits, actor=CLOCK))


@shared_task
def check_due_businesses() -> None:
    until_quiet(businesses.check_due_businesses)


@shared_task
def apply_due_payout_changes() -> None:
    until_quiet(payouts.apply_due_payout_changes)
