from celery import shared_task

from brands.actions import register
from klean.core.operations.due_work import until_quiet


@shared_task
def check_due_rights() -> None:
    until_quiet(register.check_due_rights)
