"""The clock of decisions."""

from celery import shared_task

from enforcement.decisions.actions.clock import carry_out_due_decisions
from klean.core.operations.due_work import until_quiet


@shared_task
def carry_out_decisions() -> None:
    until_quiet(carry_out_due_decisions)
