"""One throwaway PostgreSQL and Valkey for the whole run; xdist's workers use those of the process that started them."""

import contextlib
import os
import shutil
import tempfile
from pathlib import Path

import pytest
from django.conf import settings

from klean.launch.servers import embedded
from klean.launch.state import State

pytest_plugins = ["tests.fixtures", "tests.stories"]
_servers = contextlib.ExitStack()


def pytest_configure(config: pytest.Config) -> None:
    if hasattr(config, "workerinput") or config.option.collectonly:
        return
    state = settings.TEST_STATE
    servers = embedded(state, durable=False)
    if not servers:
        return
    _remove_what_killed_runs_left()
    if _is_throwaway(state.folder):
        _servers.callback(shutil.rmtree, state.folder, ignore_errors=True)
    _servers.enter_context(state.owned())
    for server in servers:
        _servers.callback(server.stop)
        server.start()


def pytest_unconfigure() -> None:
    _servers.close()


def _is_throwaway(folder: Path) -> bool:
    return folder.name == f"klean-test-{os.geteuid()}-{os.getpid()}"


def _remove_what_killed_runs_left() -> None:
    for folder in Path(tempfile.gettempdir()).glob(f"klean-test-{os.geteuid()}-*"):
        owner = folder.name.rpartition("-")[2]
        if not Path("/proc", owner).exists():
            shutil.rmtree(State(folder).sockets, ignore_errors=True)
            shutil.rmtree(folder, ignore_errors=True)
