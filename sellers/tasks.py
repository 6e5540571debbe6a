from celery import shared_task

from klean.core.due_work import until_quiet
from sellers import actions


@shared_task
def expire_due_authorisations() -> None:
    until_quiet(actions.expire_due_authorisations)


@shared_task
def end_due_permits() -> None:
    until_quiet(actions.end_due_permits)


@shared_task
def check_due_businesses() -> None:
    until_quiet(actions.check_due_businesses)


@shared_task
def apply_due_payout_changes() -> None:
    until_quiet(actions.apply_due_payout_changes)
