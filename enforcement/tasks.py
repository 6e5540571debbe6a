"""The clocks of enforcement."""

from celery import shared_task

from enforcement.actions.cases import rank_due_cases
from enforcement.actions.decisions import carry_out_due_decisions
from enforcement.actions.sanctions import settle_due_standings
from enforcement.actions.sisters import meet_new_sisters
from klean.core.due_work import until_quiet


@shared_task
def settle_standings() -> None:
    until_quiet(settle_due_standings)


@shared_task
def meet_sisters() -> None:
    until_quiet(meet_new_sisters)


@shared_task
def rank_cases() -> None:
    until_quiet(rank_due_cases)


@shared_task
def carry_out_decisions() -> None:
    until_quiet(carry_out_due_decisions)
