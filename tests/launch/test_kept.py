"""The PostgreSQL that test runs share, with real processes and real signals."""

import os
import signal
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import psycopg2
import pytest

from klean.launch.kept import kept_postgres, stop
from klean.launch.postgres import Postgres
from klean.launch.state import State


@pytest.fixture
def state():
    # Not tmp_path: where no user namespace may be made, PostgreSQL runs as nobody, who may not enter there.
    folder = Path(tempfile.mkdtemp(prefix="klean-kept-test-"))
    folder.chmod(0o711)
    yield State(folder)
    stop(State(folder))


def ask(state, sql):
    connection = psycopg2.connect(Postgres(state).url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(sql)
        found = cursor.fetchall() if cursor.description else []
    connection.close()
    return found


def keeper(state):
    return int((state.folder / "lock").read_text().split()[1].strip(","))


def test_runs_that_begin_at_once_share_one_server_and_the_next_finds_it_running(state):
    all_are_there = Barrier(3)

    def run(_):
        with kept_postgres(state):
            all_are_there.wait(60)
            return keeper(state), ask(state, "SELECT pg_postmaster_start_time()")

    with ThreadPoolExecutor(3) as threads:
        first, *others = threads.map(run, range(3))

    assert others == [first, first]
    with kept_postgres(state):
        assert (keeper(state), ask(state, "SELECT pg_postmaster_start_time()")) == first


@pytest.mark.parametrize("victim", ["keeper", "server"])
def test_a_killed_server_runs_again_with_what_it_kept(state, victim):
    with kept_postgres(state):
        ask(state, "SET synchronous_commit = on; CREATE TABLE kept (n int)")
        server = int((Postgres(state).data / "postmaster.pid").read_text().split()[0])
    os.kill(keeper(state) if victim == "keeper" else server, signal.SIGKILL)
    # The keeper of a dead server notices, clears what it left and ends.
    await_that(lambda: not state.is_owned)

    with kept_postgres(state):
        assert ask(state, "SELECT n FROM kept") == []


def test_an_idle_server_ends_but_never_under_a_run(state):
    with kept_postgres(state, idle_seconds=0.3):
        time.sleep(1)
        assert ask(state, "SELECT 1") == [(1,)]

    await_that(lambda: not state.is_owned)


def test_files_of_an_earlier_boot_are_thrown_away(state):
    with kept_postgres(state):
        ask(state, "SET synchronous_commit = on; CREATE TABLE kept (n int)")
    os.kill(keeper(state), signal.SIGTERM)
    await_that(lambda: not state.is_owned)
    (state.folder / "made_by").write_text("an earlier boot")

    with kept_postgres(state):
        assert ask(state, "SELECT to_regclass('kept')") == [(None,)]


def await_that(holds):
    until = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.05)
