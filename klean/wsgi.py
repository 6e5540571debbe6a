"""The web application, where no server may keep a person waiting for long."""

import os
from importlib import import_module

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "klean.settings.local")
os.environ.setdefault("KLEAN_STATEMENT_TIMEOUT_MS", "15000")
os.environ.setdefault("KLEAN_BROKER_TIMEOUT_S", "0.6")

application = get_wsgi_application()
# Before the first request: what only some of them use.
import_module("klean.celery")
