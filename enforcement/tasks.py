"""The clocks of enforcement."""

from celery import shared_task

from enforcement.actions import rank_due_cases, settle_due_standings
from klean.core.due_work import until_quiet


@shared_task
def settle_standings() -> None:
    until_quiet(settle_due_standings)


@shared_task
def rank_cases() -> None:
    until_quiet(rank_due_cases)
