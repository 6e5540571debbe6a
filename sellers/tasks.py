from celery import shared_task

from klean.core.due_work import until_quiet
from sellers import actions


@shared_task
def expire_due_authorisations() -> None:
    until_quiet(actions.expire_due_authorisations)
