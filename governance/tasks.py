from functools import partial

from celery import shared_task

from governance.actions.erasure import clear_sessions, erase_expired
from klean.core.events.actors import Actor
from klean.core.operations.due_work import until_quiet


@shared_task
def end_retention() -> None:
    until_quiet(partial(erase_expired, actor=Actor("system", "retention")))
    clear_sessions()
