"""What a run needs around it: a Valkey of its own, and a database on the PostgreSQL that runs share."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from pytest_django import DjangoDbBlocker

from klean.launch.state import State
from klean.launch.valkey import Valkey
from tests.database import own_database

pytest_plugins = ["tests.fixtures", "tests.stories"]
_run = contextlib.ExitStack()


def pytest_configure(config: pytest.Config) -> None:
    """xdist's workers use the Valkey of the process that started them, each a database of it."""
    if hasattr(config, "workerinput") or config.option.collectonly or os.environ.get("REDIS_URL"):
        return
    state = settings.TEST_STATE
    _remove_what_killed_runs_left()
    if _is_throwaway(state.folder):
        _run.callback(shutil.rmtree, state.folder, ignore_errors=True)
    _run.enter_context(state.owned())
    valkey = Valkey(state, durable=False)
    _run.callback(valkey.stop)
    valkey.start()


def pytest_unconfigure() -> None:
    _run.close()


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """In place of pytest-django's, which migrates anew in every run."""
    with contextlib.ExitStack() as stack:
        with django_db_blocker.unblock():
            stack.enter_context(own_database())
        yield
        with django_db_blocker.unblock():
            stack.close()


def _is_throwaway(folder: Path) -> bool:
    return folder.name == f"klean-test-{os.geteuid()}-{os.getpid()}"


def _remove_what_killed_runs_left() -> None:
    for folder in Path(tempfile.gettempdir()).glob(f"klean-test-{os.geteuid()}-*"):
        owner = folder.name.rpartition("-")[2]
        if not Path("/proc", owner).exists():
            shutil.rmtree(State(folder).sockets, ignore_errors=True)
            shutil.rmtree(folder, ignore_errors=True)
