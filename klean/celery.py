"""The Celery application: `celery -A klean worker`, `celery -A klean beat`."""

import logging.config
import os
from typing import Any

from celery import Celery
from celery.signals import setup_logging, worker_shutting_down
from django.conf import settings

from klean.core.operations.stopping import ask_to_stop
from klean.schedule import SCHEDULE

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "klean.settings.local")

app = Celery("klean")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# Tasks of the rooms of an app, which discovery by app does not find.
app.autodiscover_tasks(sorted({name.rpartition(".tasks.")[0] for name in SCHEDULE}))


@setup_logging.connect
def log_as_django_does(**_: Any) -> None:
    logging.config.dictConfig(settings.LOGGING)


worker_shutting_down.connect(ask_to_stop)
