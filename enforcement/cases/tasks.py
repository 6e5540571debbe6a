"""The clock of cases."""

from celery import shared_task

from enforcement.cases.actions.cases import rank_due_cases
from klean.core.operations.due_work import until_quiet


@shared_task
def rank_cases() -> None:
    until_quiet(rank_due_cases)
