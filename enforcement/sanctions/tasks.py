"""The clocks of sanctions."""

from celery import shared_task

from enforcement.sanctions.actions.sanctions import settle_due_standings
from enforcement.sanctions.actions.sister_shops import restrict_newly_linked_sellers
from klean.core.operations.due_work import until_quiet


@shared_task
def settle_standings() -> None:
    until_quiet(settle_due_standings)


@shared_task
def restrict_linked_sellers() -> None:
    until_quiet(restrict_newly_linked_sellers)
