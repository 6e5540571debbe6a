"""The PostgreSQL that test runs share: the first of them starts it, and it ends when none has needed it for a while."""

import argparse
import contextlib
import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import NoReturn

from klean.launch.postgres import Postgres, binary
from klean.launch.processes import CannotStart
from klean.launch.state import PROJECT, State

IDLE_SECONDS = 45 * 60.0
POLL_SECONDS = 30.0
STOP_SECONDS = 30.0


def kept_state() -> State:
    """Where this user keeps the server for this checkout."""
    checkout = hashlib.sha256(bytes(PROJECT)).hexdigest()[:12]
    return State(Path(tempfile.gettempdir()).resolve() / f"klean-kept-{os.geteuid()}-{checkout}")


@contextlib.contextmanager
def kept_postgres(state: State, *, idle_seconds: float = IDLE_SECONDS) -> Iterator[None]:
    """For the length of one run, a server that answers; it stays when the run is over."""
    with state.shared() as users:
        if state.folder.stat().st_uid != os.geteuid():
            raise CannotStart(f"{state.folder} belongs to someone else; remove it or set TMPDIR.")
        os.utime(users.fileno())
        _start_unless_kept(state, idle_seconds)
        try:
            yield
        finally:
            os.utime(users.fileno())


def _start_unless_kept(state: State, idle_seconds: float) -> None:
    """One run at a time; the keeper inherits the lock and lets go of it when its server answers, or dies."""
    starting, log = state.folder / "starting", state.logs / "kept.log"
    with starting.open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if state.is_owned:
            return
        keeper = [sys.executable, "-m", __name__, str(state.folder)]
        options = ["--idle", str(idle_seconds), "--starting", str(lock.fileno())]
        with log.open("w") as output:
            subprocess.run(
                [*keeper, *options],
                cwd=PROJECT,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                pass_fds=[lock.fileno()],
                check=True,
            )
    with starting.open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
    if not state.is_owned:
        raise CannotStart(
            f"The kept PostgreSQL did not start; `make stop-tests` clears it.\n{log.read_text()}"
        )


def keep(state: State, starting: int, idle_seconds: float) -> None:
    """Run the server until it ends by itself or nobody has used it for so long."""
    server = Postgres(state, durable=False)
    with contextlib.ExitStack() as stack:
        # Held until all has ended, so that a run that comes meanwhile waits, and then starts the next one.
        users = stack.enter_context((state.folder / "users").open("a"))
        stack.enter_context(state.owned())
        _forget_what_another_made(server)
        stack.callback(server.stop)
        server.start()
        os.close(starting)
        while not server.ends_within(min(POLL_SECONDS, idle_seconds)):
            is_idle = time.time() - os.fstat(users.fileno()).st_mtime > idle_seconds
            if is_idle and _has_no_users(users.fileno()):
                return


def _has_no_users(users: int) -> bool:
    """If so, the lock stays ours and keeps new ones waiting."""
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _forget_what_another_made(server: Postgres) -> None:
    """It never syncs: files from before the machine's last start may be torn, and another version cannot read them."""
    boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    maker = f"{boot} {binary('postgres').stat().st_mtime_ns}"
    made_by = server.state.folder / "made_by"
    if not made_by.exists() or made_by.read_text() != maker:
        shutil.rmtree(server.home, ignore_errors=True)
    made_by.write_text(maker)


def stop(state: State) -> None:
    """End the server, whoever uses it, and remove all that it kept."""
    until = time.monotonic() + STOP_SECONDS
    while state.folder.exists() and state.is_owned:
        if time.monotonic() > until:
            raise CannotStart(f"Still there: {(state.folder / 'lock').read_text()}")
        with contextlib.suppress(ProcessLookupError, ValueError):
            os.kill(_keeper(state), signal.SIGTERM)
        time.sleep(0.1)
    shutil.rmtree(state.sockets, ignore_errors=True)
    shutil.rmtree(state.folder, ignore_errors=True)


def _keeper(state: State) -> int:
    return int((state.folder / "lock").read_text().removeprefix("process ").partition(",")[0])


def _end(signum: int, frame: FrameType | None) -> NoReturn:
    sys.exit(128 + signum)


def main() -> None:
    parser = argparse.ArgumentParser("klean.launch.kept", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=kept_state().folder)
    parser.add_argument(
        "--idle", type=float, default=IDLE_SECONDS, help="seconds without a user after which it ends"
    )
    parser.add_argument("--starting", type=int, help="the descriptor of a lock to let go of when it answers")
    parser.add_argument("--stop", action="store_true", help="end it and remove what it kept")
    given = parser.parse_args()
    state = State(given.folder)
    try:
        if given.stop:
            stop(state)
        # The run goes on at once, and is not the parent of what outlives it.
        elif os.fork() == 0:
            signal.signal(signal.SIGTERM, _end)
            keep(state, given.starting, given.idle)
    except CannotStart as refusal:
        sys.exit(str(refusal))


if __name__ == "__main__":
    main()
