"""The folder that holds all that a local installation keeps, and the lock that gives it one owner."""

import contextlib
import fcntl
import hashlib
import os
import shlex
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from klean.launch.processes import CannotStart

PROJECT = Path(__file__).resolve().parents[2]


class State:
    """`KLEAN_STATE`: data, logs, secrets; private to its owner."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def from_environment(cls) -> "State":
        return cls((PROJECT / (os.environ.get("KLEAN_STATE") or ".klean")).resolve())

    @property
    def sockets(self) -> Path:
        """A short path, since the kernel allows a socket's path 107 characters."""
        return Path("/tmp") / f"klean-{os.geteuid()}-{hashlib.sha256(bytes(self.folder)).hexdigest()[:12]}"  # noqa: S108 private below

    @property
    def logs(self) -> Path:
        return self.folder / "logs"

    def prepare(self) -> None:
        """Make the folders, private to us; a stranger's folder in our place is refused."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.logs.mkdir(exist_ok=True)
        self.sockets.mkdir(mode=0o700, exist_ok=True)
        found = self.sockets.lstat()
        if self.sockets.is_symlink() or found.st_uid != os.geteuid() or found.st_mode & 0o022:
            raise CannotStart(
                f"{self.sockets} belongs to someone else; remove it or choose another KLEAN_STATE."
            )

    @contextlib.contextmanager
    def owned(self) -> Iterator[None]:
        """Hold the state alone; refused at once, naming the holder, when it is taken."""
        self.prepare()
        with (self.folder / "lock").open("a+") as lock:
            if not _lock(lock, fcntl.LOCK_EX):
                lock.seek(0)
                raise CannotStart(f"{self.folder} is in use by another run: {lock.read().strip()}")
            self.prepare()
            lock.truncate(0)
            lock.write(f"process {os.getpid()}, {shlex.join(sys.orig_argv)}")
            lock.flush()
            try:
                yield
            finally:
                lock.truncate(0)
                shutil.rmtree(self.sockets, ignore_errors=True)

    @property
    def is_owned(self) -> bool:
        """Whether a living process holds the state alone."""
        with (self.folder / "lock").open("a") as lock:
            return not _lock(lock, fcntl.LOCK_EX)

    @contextlib.contextmanager
    def shared(self) -> Iterator[IO[str]]:
        """Be counted among those who use the servers of this state."""
        self.prepare()
        with (self.folder / "users").open("a") as users:
            fcntl.flock(users, fcntl.LOCK_SH)
            yield users


def _lock(file: IO[str], how: int) -> bool:
    try:
        fcntl.flock(file, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
