from celery import shared_task

from klean.core.operations.due_work import until_quiet
from sellers.actions import businesses, clock, payouts, permits


@shared_task
def expire_due_authorisations() -> None:
    until_quiet(clock.expire_due_authorisations)


@shared_task
def end_due_permits() -> None:
    until_quiet(permits.end_due_permits)


@shared_task
def check_due_businesses() -> None:
    until_quiet(businesses.check_due_businesses)


@shared_task
def apply_due_payout_changes() -> None:
    until_quiet(payouts.apply_due_payout_changes)
