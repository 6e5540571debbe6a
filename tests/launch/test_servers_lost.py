"""What a web request costs while a server is away."""

import socket
import time

import pytest
from celery import Celery
from kombu.exceptions import OperationalError

from klean.cache import ForgivingRedisCache
from klean.settings import base
from klean.settings.addresses import broker, cache


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


def test_a_task_is_not_waited_for(lost):
    app = Celery("lost", broker=broker(lost), set_as_current=False)
    app.conf.update(
        {
            name.removeprefix("CELERY_").lower(): value
            for name, value in vars(base).items()
            if name.startswith("CELERY_")
        }
    )
    assert app.connection_for_write().transport.driver_type == "redis"  # loaded before the clock starts
    began = time.monotonic()

    with pytest.raises(OperationalError):
        app.send_task("klean.core.tasks.deliver_events", retry=False)

    assert time.monotonic() - began < 1.5


def test_a_lost_cache_is_a_miss(lost):
    entry = cache(lost)
    kept = ForgivingRedisCache(entry["LOCATION"], {"OPTIONS": entry["OPTIONS"]})
    began = time.monotonic()

    kept.set("a", 1)

    assert kept.get("a", "default") == "default"
    assert kept.get_many(["a"]) == {}
    assert time.monotonic() - began < 2
