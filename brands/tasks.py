from celery import shared_task

from brands import actions
from klean.core.due_work import until_quiet


@shared_task
def check_due_rights() -> None:
    until_quiet(actions.check_due_rights)
