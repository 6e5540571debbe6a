"""The queue is only a hint: what is due stands in PostgreSQL, and a sweep finds it when a hint is lost."""

import logging
from collections.abc import Callable
from functools import cache

from django.db import transaction

log = logging.getLogger(__name__)


@cache
def _hint(task: str) -> Callable[[], None]:
    def send() -> None:
        from kombu.exceptions import OperationalError

        from klean.celery import app

        try:
            app.send_task(task, retry=False)
        except (OperationalError, OSError) as error:
            log.warning("could not wake %s, the sweep will: %s", task, error)

    return send


def wake(task: str) -> None:
    """After commit, hint that there is work; one hint a transaction, however often it is asked for."""
    connection = transaction.get_connection()
    hint = _hint(task)
    alive = set(connection.savepoint_ids)
    if not any(func is hint and sids <= alive for sids, func, *_ in connection.run_on_commit):
        transaction.on_commit(hint)
