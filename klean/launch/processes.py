"""Foreground children that never outlive the process that started them."""

import ctypes
import fcntl
import os
import pwd
import signal
import subprocess
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from enum import Enum, auto
from pathlib import Path

CLONE_NEWUSER = 0x10000000
PR_SET_PDEATHSIG = 1
TAIL = 1500

_libc = ctypes.CDLL(None, use_errno=True)


class CannotStart(Exception):
    """A part of the installation did not start; the text tells a person why and what to do."""


class RunAs(Enum):
    """As whom a server runs that refuses to run as root."""

    OURSELVES = auto()
    NAMESPACE = auto()
    NOBODY = auto()

    @property
    def owner(self) -> int:
        """The uid that must own the server's files, seen from outside."""
        return nobody().pw_uid if self is RunAs.NOBODY else os.geteuid()


def nobody() -> pwd.struct_passwd:
    """The least user of this machine."""
    users = [user for user in pwd.getpwall() if user.pw_uid]
    return next((user for user in users if user.pw_name == "nobody"), users[-1])


def _enter_namespace(uid: int, gid: int, inner: int) -> None:
    if _libc.unshare(CLONE_NEWUSER) != 0:
        raise OSError(ctypes.get_errno(), "unshare")
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{inner} {uid} 1")
    Path("/proc/self/gid_map").write_text(f"{inner} {gid} 1")


def _before_exec(run_as: RunAs, dies_by: signal.Signals) -> Callable[[], None]:
    parent, uid, gid, inner = os.getpid(), os.geteuid(), os.getegid(), nobody().pw_uid

    def prepare() -> None:
        if run_as is RunAs.NAMESPACE:
            _enter_namespace(uid, gid, inner)
        # After every change of credentials: the kernel forgets the death signal at each of them.
        _libc.prctl(PR_SET_PDEATHSIG, dies_by, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return prepare


def _lock_file(lock: Path, timeout: float) -> int:
    """An inheritable descriptor that holds the lock: it is free again when the last process that has it is gone."""
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    until = time.monotonic() + timeout
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                os.close(descriptor)
                raise CannotStart(f"Processes of an earlier run still hold {lock}.") from None
            time.sleep(0.05)
        else:
            return descriptor


def spawn(
    command: Sequence[object],
    *,
    log: Path | None = None,
    env: Mapping[str, str] | None = None,
    run_as: RunAs = RunAs.OURSELVES,
    dies_by: signal.Signals = signal.SIGTERM,
    lock: Path | None = None,
) -> subprocess.Popen[bytes]:
    """Start a child in its own session that is signalled when we die, however we die."""
    descriptors = [] if lock is None else [_lock_file(lock, timeout=20)]
    output = None if log is None else log.open("ab")
    try:
        return subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=None if output is None else subprocess.STDOUT,
            env=env,
            start_new_session=True,
            pass_fds=descriptors,
            user=nobody().pw_uid if run_as is RunAs.NOBODY else None,
            group=nobody().pw_gid if run_as is RunAs.NOBODY else None,
            extra_groups=[] if run_as is RunAs.NOBODY else None,
            preexec_fn=_before_exec(run_as, dies_by),
        )
    finally:
        for descriptor in descriptors:
            os.close(descriptor)
        if output is not None:
            output.close()


class Child(ABC):
    """One process of the installation: started, watched, stopped, started again."""

    name: str
    log: Path
    stops_by: signal.Signals = signal.SIGTERM
    process: subprocess.Popen[bytes] | None = None
    is_asked_to_end = False

    @abstractmethod
    def start(self) -> None:
        """Start the process; a server returns when it answers."""

    def answers(self) -> bool:
        """Whether it does its work, as one who uses it sees it."""
        return self.is_alive

    @property
    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def ends_within(self, seconds: float) -> bool:
        """Wait for its end, that long at most."""
        if self.process is not None:
            try:
                self.process.wait(seconds)
            except subprocess.TimeoutExpired:
                return False
        return True

    def ask_to_end(self) -> None:
        """Once: a second request would cut short what it is finishing."""
        if self.process is not None and self.is_alive and not self.is_asked_to_end:
            self.process.send_signal(self.stops_by)
            self.is_asked_to_end = True

    def stop(self, timeout: float = 20) -> None:
        """Ask it to end, wait, and leave nothing of it behind."""
        self.ask_to_end()
        if self.process is None:
            return
        if self.is_alive:
            try:
                self.process.wait(timeout)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.clear_remains()

    def clear_remains(self) -> None:
        """Kill what a dead process has left behind in its session."""
        if self.process is None:
            return
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass

    def tail(self) -> str:
        return self.log.read_text(errors="replace")[-TAIL:] if self.log.exists() else "(empty)"


class Server(Child):
    """A child that others reach at an address, which an environment variable may name instead."""

    address_name: str

    @property
    @abstractmethod
    def url(self) -> str:
        """Where it is reached."""

    def wait_until_it_answers(self, timeout: float = 60) -> None:
        """Return when it answers; a server that ends or stays silent cannot start."""
        until = time.monotonic() + timeout
        while not self.answers():
            if not self.is_alive or time.monotonic() > until:
                raise CannotStart(f"{self.name} did not start. The end of {self.log}:\n{self.tail()}")
            time.sleep(0.02)
