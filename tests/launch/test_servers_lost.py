"""What a web request costs while a server is away."""

import os
import socket
import subprocess
import sys
import time

import pytest

from klean.cache import ForgivingRedisCache
from klean.launch.state import PROJECT
from klean.settings.addresses import cache

SEND = """
import time
from django.conf import settings
from kombu.exceptions import OperationalError
from klean.celery import app
import klean.wsgi

app.connection_for_write().transport  # loaded before the clock starts
began = time.monotonic()
try:
    app.send_task("klean.core.events.tasks.deliver_events", retry=False)
except OperationalError:
    print(time.monotonic() - began)
"""


@pytest.fixture
def silent():
    """A port where connections are taken and nothing is ever said."""
    with socket.create_server(("127.0.0.1", 0), backlog=8) as server:
        yield f"redis://127.0.0.1:{server.getsockname()[1]}/0"


@pytest.fixture
def closed():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"redis://127.0.0.1:{free.getsockname()[1]}/0"


@pytest.fixture(params=["silent", "closed"])
def lost(request):
    return request.getfixturevalue(request.param)


def test_the_web_does_not_wait_for_a_lost_broker(lost):
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "klean.settings.tests", "REDIS_URL": lost}

    sent = subprocess.run(
        [sys.executable, "-c", SEND], cwd=PROJECT, env=env, capture_output=True, text=True, timeout=60
    )

    assert sent.returncode == 0, sent.stderr
    assert float(sent.stdout) < 1.5


def test_a_lost_cache_is_a_miss(lost):
    entry = cache(lost)
    kept = ForgivingRedisCache(entry["LOCATION"], {"OPTIONS": entry["OPTIONS"]})

    kept.set("a", 1)
    began = time.monotonic()

    assert kept.get("a", "default") == "default"
    assert time.monotonic() - began < 1.5
    assert kept.get_many(["a"]) == {}
