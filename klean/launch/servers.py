"""The servers that a command needs: those named in the environment, else those of `KLEAN_STATE`."""

import contextlib
import fcntl
import os
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from types import FrameType
from typing import IO, NoReturn

import django
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from klean.core.operations.older_releases import check_release
from klean.launch.postgres import Postgres
from klean.launch.processes import CannotStart, Server
from klean.launch.state import State
from klean.launch.valkey import Valkey

WITHOUT_SERVERS = {
    "",
    "help",
    "version",
    "check",
    "collectstatic",
    "compilemessages",
    "diffsettings",
    "findstatic",
    "makemessages",
    "messages",
    "spectacular",
    "startapp",
}
ABOUT_MIGRATIONS = {
    "migrate",
    "makemigrations",
    "optimizemigration",
    "showmigrations",
    "sqlmigrate",
    "squashmigrations",
}


def embedded(state: State, *, durable: bool = True) -> list[Server]:
    """The servers that the environment does not name, in the order in which they start."""
    servers = [Postgres(state, durable=durable), Valkey(state, durable=durable)]
    return [server for server in servers if not os.environ.get(server.address_name)]


@contextlib.contextmanager
def servers_for(arguments: Sequence[str]) -> Iterator[None]:
    """For the length of one command, servers that answer and a database that is up to date."""
    command = next((word for word in arguments if not word.startswith("-")), "")
    state = State.from_environment()
    brings_its_own = os.environ["DJANGO_SETTINGS_MODULE"] in {
        "klean.settings.production",
        "klean.settings.tests",
    }
    needs_none = command in WITHOUT_SERVERS or {"-h", "--help", "--version"} & set(arguments)
    if brings_its_own or needs_none or not embedded(state):
        yield
        return
    try:
        with state.shared() as users, _running(state, users) as is_ours:
            if is_ours and command not in ABOUT_MIGRATIONS:
                _migrate()
            yield
    except CannotStart as refusal:
        sys.exit(str(refusal))


@contextlib.contextmanager
def _running(state: State, users: IO[str]) -> Iterator[bool]:
    """The servers of this state, started here when nobody runs them; then stopped when the last user has gone."""
    servers = embedded(state)
    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(state.owned())
        except CannotStart:
            _await_others(state, servers)
            yield False
            return
        signal.signal(signal.SIGTERM, _end)
        for server in servers:
            stack.callback(server.stop)
            server.start()
        stack.callback(fcntl.flock, users, fcntl.LOCK_EX)
        yield True


def _await_others(state: State, servers: list[Server], timeout: float = 60) -> None:
    until = time.monotonic() + timeout
    while not all(server.answers() for server in servers):
        if time.monotonic() > until:
            names = " and ".join(server.name for server in servers if not server.answers())
            raise CannotStart(
                f"{state.folder} is in use by a run that has no {names} of its own; "
                "set DATABASE_URL and REDIS_URL as that run does."
            )
        time.sleep(0.1)


def _migrate() -> None:
    """Bring the database up to the code, quickly when it is."""
    django.setup()
    if faults := check_release(databases=["default"]):
        raise CannotStart(f"{faults[0].msg}\n{faults[0].hint}")
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, stdout=sys.stderr)
        call_command("publish_policy", verbosity=0, stdout=sys.stderr)


def _end(signum: int, frame: FrameType | None) -> NoReturn:
    sys.exit(128 + signum)
